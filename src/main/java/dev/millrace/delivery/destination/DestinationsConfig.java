package dev.millrace.delivery.destination;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Destinations that are set anew each time a worker starts. */
@ConfigMapping(prefix = "millrace")
public interface DestinationsConfig {
    /** By name. */
    Map<String, Setting> destinations();

    /** One destination. */
    interface Setting {
        /** URLs of its backends, each with its weight after a blank if that is not 1. */
        List<String> backends();

        /** How its tasks are spread. */
        Optional<Balance> balance();

        /** {@code label:KEY}. */
        Optional<String> sticky();

        /** Of one delivery. */
        Optional<Duration> timeout();

        /** Deliveries under way at once, 1 to 10,000. */
        OptionalInt concurrency();

        /** Deliveries a second, 1 to 100,000. */
        OptionalInt rate();

        /** The destination that stands in. */
        Optional<String> fallback();

        /** Where its backends say whether they are well. */
        Optional<String> healthPath();

        /** One, or the new and the old one. */
        Optional<List<String>> signingSecrets();

        /** Name of its TLS settings. */
        Optional<String> tls();
    }
}
