package dev.millrace.delivery.destination;

import dev.millrace.delivery.guard.Targets;
import dev.millrace.delivery.push.Letter;
import dev.millrace.delivery.sign.SigningSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads one destination of the configuration, within the bounds and in the words of a request that sets one. What is wrong
 * is an {@link IllegalArgumentException} whose sentence begins with the setting's name.
 */
final class SettingReader {
    private static final String DRAINING = "draining";

    private final String name;
    private final String key;
    private final Targets targets;

    SettingReader(String name, Targets targets) {
        this.name = name;
        this.key = "millrace.destinations." + name;
        this.targets = targets;
    }

    Destination destination(DestinationsConfig.Setting setting) {
        check(Destination.isName(name), "", Destination.NAME_RULE);
        check(setting.signingSecrets().isEmpty(), ".signing-secrets", "is now called " + key + ".signing-secret");
        check(setting.healthPath().isEmpty(), ".health-path", "is now called " + key + ".health-check.path");
        return new Destination(
                name,
                backends(setting.backends()),
                keyword(".balance", setting.balance(), Balance.class).orElse(Balance.ROUND_ROBIN),
                setting.sticky().map(this::sticky).orElse(null),
                limits(setting),
                healthCheck(setting.healthCheck()),
                breaker(setting.breaker()),
                setting.fallback().map(this::fallback).orElse(null),
                wire(setting),
                true,
                0);
    }

    private List<Backend> backends(List<String> texts) {
        List<Backend> backends = new ArrayList<>();
        Set<String> urls = new HashSet<>();
        for (String text : texts) {
            Backend backend = backend(text.strip().split(" +"));
            check(urls.add(backend.url()), ".backends:", backend.url() + " is there twice");
            backends.add(backend);
        }
        boolean few = !texts.isEmpty() && texts.size() <= Destination.BACKENDS;
        check(few, ".backends", "must have 1 to " + Destination.BACKENDS + " elements");
        return backends;
    }

    /** A URL cannot have a blank in it. */
    private Backend backend(String[] parts) {
        String url = parts[0];
        targets.fault(url).ifPresent(fault -> check(false, ".backends:", url + " " + fault));
        List<String> rest = new ArrayList<>(Arrays.asList(parts).subList(1, parts.length));
        boolean draining = !rest.isEmpty() && DRAINING.equals(rest.getLast());
        if (draining) {
            rest.removeLast();
        }
        check(
                rest.size() <= 1,
                ".backends:",
                "after " + url + " come its weight and " + DRAINING + ", or none of them");
        OptionalInt weight = rest.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(rest.getFirst()));
        String what = ".backends: the weight after " + url;
        return new Backend(url, whole(what, weight, 1, Backend.HEAVIEST).orElse(1), draining);
    }

    /** -1 for what is none, which is out of all bounds. */
    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    private Limits limits(DestinationsConfig.Setting setting) {
        Duration timeout = span(".timeout", setting.timeout(), Limits.SHORTEST_TIMEOUT, Limits.LONGEST_TIMEOUT)
                .orElse(null);
        OptionalInt concurrency = whole(".concurrency", setting.concurrency(), 1, Limits.MOST_AT_ONCE);
        OptionalInt rate = whole(".rate", setting.rate(), 1, Limits.MOST_A_SECOND);
        return new Limits(
                timeout, concurrency.orElse(Limits.USUAL_CONCURRENCY), rate.isPresent() ? rate.getAsInt() : null);
    }

    private HealthCheck healthCheck(DestinationsConfig.CheckSetting setting) {
        Optional<Duration> interval = span(
                ".health-check.interval",
                setting.interval(),
                HealthCheck.SHORTEST_INTERVAL,
                HealthCheck.LONGEST_INTERVAL);
        Optional<Duration> timeout = span(
                ".health-check.timeout", setting.timeout(), HealthCheck.SHORTEST_TIMEOUT, HealthCheck.LONGEST_TIMEOUT);
        if (setting.path().isEmpty()) {
            check(interval.isEmpty() && timeout.isEmpty(), ".health-check.path", "is missing");
            return null;
        }
        String path = setting.path().get();
        check(HealthCheck.isPath(path), ".health-check.path", HealthCheck.PATH_RULE);
        return new HealthCheck(
                path, interval.orElse(HealthCheck.USUAL_INTERVAL), timeout.orElse(HealthCheck.USUAL_TIMEOUT));
    }

    private BreakerPolicy breaker(DestinationsConfig.BreakerSetting setting) {
        BreakerPolicy usual = BreakerPolicy.DEFAULT;
        return new BreakerPolicy(
                whole(".breaker.failures", setting.failures(), 1, BreakerPolicy.MOST_FAILURES)
                        .orElse(usual.failures()),
                span(".breaker.window", setting.window(), BreakerPolicy.SHORTEST_WINDOW, BreakerPolicy.LONGEST)
                        .orElse(usual.window()),
                span(".breaker.open", setting.open(), BreakerPolicy.SHORTEST_OPEN, BreakerPolicy.LONGEST)
                        .orElse(usual.open()),
                whole(".breaker.probes", setting.probes(), 1, BreakerPolicy.MOST_PROBES)
                        .orElse(usual.probes()));
    }

    private String sticky(String text) {
        int longest = Destination.STICKY.length() + Destination.LONGEST_LABEL;
        check(text.length() <= longest, ".sticky", "must not be longer than " + longest + " characters");
        boolean label = text.startsWith(Destination.STICKY) && text.length() > Destination.STICKY.length();
        check(label, ".sticky", Destination.STICKY_RULE);
        return text.substring(Destination.STICKY.length());
    }

    private String fallback(String other) {
        check(Destination.isName(other), ".fallback", Destination.NAME_RULE);
        check(!other.equals(name), ".fallback", Destination.FALLBACK_RULE);
        return other;
    }

    private Wire wire(DestinationsConfig.Setting setting) {
        Letter.Format format =
                keyword(".format", setting.format(), Letter.Format.class).orElse(Letter.Format.BINARY);
        List<String> secrets = setting.signingSecret().orElse(List.of());
        check(secrets.size() <= Wire.MOST_SECRETS, ".signing-secret", Wire.SECRETS_RULE);
        secrets.forEach(this::secret);
        String tls = setting.tls().orElse("");
        boolean fits = tls.length() <= Wire.LONGEST_TLS;
        check(fits, ".tls", "must not be longer than " + Wire.LONGEST_TLS + " characters");
        return new Wire(format, secrets, tls.isEmpty() ? null : tls);
    }

    /** Never says what it is. */
    private void secret(String text) {
        try {
            SigningSecret.parse(text);
        } catch (IllegalArgumentException e) {
            String why = e.getMessage().replaceAll("\\.$", "");
            throw new IllegalArgumentException(key + ".signing-secret is no signing secret: " + why, e);
        }
    }

    private OptionalInt whole(String member, OptionalInt value, int least, int most) {
        boolean within = value.isEmpty() || value.getAsInt() >= least && value.getAsInt() <= most;
        check(within, member, "must be a whole number from " + least + " to " + most);
        return value;
    }

    private Optional<Duration> span(String member, Optional<Duration> value, Duration shortest, Duration longest) {
        boolean within = value.filter(span -> span.compareTo(shortest) < 0 || span.compareTo(longest) > 0)
                .isEmpty();
        check(within, member, "must be an ISO 8601 duration from " + shortest + " to " + longest);
        return value;
    }

    private <E extends Enum<E>> Optional<E> keyword(String member, Optional<String> value, Class<E> type) {
        Optional<E> found = value.flatMap(text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> wire(constant).equals(text))
                .findFirst());
        String known =
                Arrays.stream(type.getEnumConstants()).map(SettingReader::wire).collect(Collectors.joining(", "));
        check(value.isEmpty() || found.isPresent(), member, "must be one of " + known);
        return found;
    }

    private static String wire(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void check(boolean holds, String member, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(key + member + " " + sentence);
        }
    }
}
