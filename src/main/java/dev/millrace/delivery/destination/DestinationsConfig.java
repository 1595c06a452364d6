package dev.millrace.delivery.destination;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Destinations that are set anew each time a worker starts; with the members of a request that sets one. */
@ConfigMapping(prefix = "millrace")
public interface DestinationsConfig {
    /** By name. */
    Map<String, Setting> destinations();

    /** One destination. */
    interface Setting {
        /** URLs of its backends, after a blank the weight of each if that is not 1, and {@code draining} if it is. */
        List<String> backends();

        /** How its tasks are spread. */
        Optional<String> balance();

        /** {@code label:KEY}. */
        Optional<String> sticky();

        /** Of one delivery. */
        Optional<Duration> timeout();

        /** Deliveries under way at once, 1 to 10,000. */
        OptionalInt concurrency();

        /** Deliveries a second, 1 to 100,000. */
        OptionalInt rate();

        /** How its backends are asked whether they are well. */
        CheckSetting healthCheck();

        /** When it is left alone. */
        BreakerSetting breaker();

        /** The destination that stands in. */
        Optional<String> fallback();

        /** How CloudEvents are written. */
        Optional<String> format();

        /** One, or the new and the old one. */
        Optional<List<String>> signingSecret();

        /** Name of its TLS settings. */
        Optional<String> tls();

        /** The former name of {@link CheckSetting#path()}, here to be refused: in the environment it would be ignored. */
        Optional<String> healthPath();

        /** The former name of {@link #signingSecret()}: ignored, deliveries would go out unsigned. */
        Optional<List<String>> signingSecrets();
    }

    /** See {@link HealthCheck}. */
    interface CheckSetting {
        /** Without it nothing is asked. */
        Optional<String> path();

        Optional<Duration> interval();

        Optional<Duration> timeout();
    }

    /** See {@link BreakerPolicy}. */
    interface BreakerSetting {
        OptionalInt failures();

        Optional<Duration> window();

        Optional<Duration> open();

        OptionalInt probes();
    }
}
