package dev.millrace.delivery.destination;

import dev.millrace.delivery.guard.Targets;
import dev.millrace.delivery.push.Letter;
import dev.millrace.delivery.sign.SigningSecret;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The destinations of this node's configuration, checked at the start. */
@Singleton
@Startup(Interceptor.Priority.PLATFORM_BEFORE)
public class ConfiguredDestinations {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern LABEL = Pattern.compile("label:.{1,64}");
    private static final Pattern WEIGHT = Pattern.compile("[1-9][0-9]{0,2}|" + Backend.HEAVIEST);

    private final List<Destination> all = new ArrayList<>();
    private final Targets targets;

    ConfiguredDestinations(DestinationsConfig config, Targets targets) {
        this.targets = targets;
        config.destinations().forEach((name, setting) -> all.add(destination(name, setting)));
    }

    List<Destination> all() {
        return all;
    }

    private Destination destination(String name, DestinationsConfig.Setting setting) {
        String key = "millrace.destinations." + name;
        check(NAME.matcher(name).matches(), key + " is no name: those are 1 to 63 of a-z 0-9 . _ -");
        int concurrency = setting.concurrency().orElse(Limits.USUAL_CONCURRENCY);
        check(concurrency >= 1 && concurrency <= 10_000, key + ".concurrency must be 1 to 10000");
        Integer rate = setting.rate().isPresent() ? setting.rate().getAsInt() : null;
        check(rate == null || rate >= 1 && rate <= 100_000, key + ".rate must be 1 to 100000");
        setting.timeout().ifPresent(timeout -> check(timeout.isPositive(), key + ".timeout must be positive"));
        setting.sticky()
                .ifPresent(text -> check(LABEL.matcher(text).matches(), key + ".sticky must be like label:tenant"));
        return new Destination(
                name,
                backends(key, setting.backends()),
                setting.balance().orElse(Balance.ROUND_ROBIN),
                setting.sticky().map(text -> text.substring("label:".length())).orElse(null),
                new Limits(setting.timeout().orElse(null), concurrency, rate),
                setting.healthPath().map(path -> check(key, path)).orElse(null),
                BreakerPolicy.DEFAULT,
                setting.fallback().orElse(null),
                new Wire(
                        Letter.Format.BINARY,
                        secrets(key, setting),
                        setting.tls().orElse(null)),
                true,
                0);
    }

    private List<Backend> backends(String key, List<String> texts) {
        check(
                !texts.isEmpty() && texts.size() <= Destination.BACKENDS,
                key + ".backends must name 1 to " + Destination.BACKENDS);
        Map<String, Backend> backends = new LinkedHashMap<>();
        for (String text : texts) {
            Backend backend = backend(key, text.strip());
            Backend before = backends.putIfAbsent(backend.url(), backend);
            check(
                    before == null || before.equals(backend),
                    key + ".backends: " + backend.url() + " is there with two weights");
        }
        return List.copyOf(backends.values());
    }

    /** A URL cannot have a blank in it. */
    private Backend backend(String key, String text) {
        String[] parts = text.split(" +", 2);
        targets.fault(parts[0]).ifPresent(fault -> check(false, key + ".backends: " + parts[0] + " " + fault));
        boolean whole = parts.length == 1 || WEIGHT.matcher(parts[1]).matches();
        check(whole, key + ".backends: after " + parts[0] + " and a blank comes its weight, 1 to " + Backend.HEAVIEST);
        return new Backend(parts[0], parts.length == 1 ? 1 : Integer.parseInt(parts[1]), false);
    }

    private static HealthCheck check(String key, String path) {
        check(HealthCheck.isPath(path), key + ".health-path must be like /healthz");
        return new HealthCheck(path, HealthCheck.USUAL_INTERVAL, HealthCheck.USUAL_TIMEOUT);
    }

    /** Never says what they are. */
    private static List<String> secrets(String key, DestinationsConfig.Setting setting) {
        List<String> secrets = setting.signingSecrets().orElse(List.of());
        check(secrets.size() <= Wire.MOST_SECRETS, key + ".signing-secrets must be one, or two while receivers change");
        for (String secret : secrets) {
            try {
                SigningSecret.parse(secret);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ".signing-secrets: " + e.getMessage(), e);
            }
        }
        return secrets;
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
