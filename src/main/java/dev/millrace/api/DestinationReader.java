package dev.millrace.api;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.delivery.guard.Targets;
import dev.millrace.delivery.push.Letter;
import dev.millrace.delivery.sign.SigningSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a destination as it is to be from now on. */
final class DestinationReader {
    private static final int MAX_URL = 2048;
    private static final int MAX_SECRET = 512;

    private final Targets targets;
    private List<Backend> backends;
    private Balance balance;
    private String sticky;
    private Duration timeout;
    private Integer concurrency;
    private Integer rate;
    private HealthCheck healthCheck;
    private BreakerPolicy breaker;
    private String fallback;
    private Letter.Format format;
    private List<String> secrets;
    private String tls;

    private DestinationReader(Targets targets) {
        this.targets = targets;
    }

    /**
     * @param present whose secrets stay when none are named; null for none
     */
    static Destination read(JsonInput in, String name, Destination present, Targets targets) {
        DestinationReader reader = new DestinationReader(targets);
        if (in.startsObject()) {
            for (String member = in.member(); member != null; member = in.member()) {
                reader.take(member, in);
            }
        }
        if (reader.backends == null && in.faults().isEmpty()) {
            in.faults().add("/backends", "is missing");
        }
        if (name.equals(reader.fallback)) {
            in.faults().add("/fallback", Destination.FALLBACK_RULE);
        }
        return in.faults().isEmpty() ? reader.destination(name, present) : null;
    }

    private void take(String member, JsonInput in) {
        switch (member) {
            case "backends" -> backends = backends(in);
            case "balance" -> balance = Values.keyword(in, Balance.class);
            case "sticky" -> sticky = sticky(in);
            case "timeout" -> timeout = Values.duration(in, Limits.SHORTEST_TIMEOUT, Limits.LONGEST_TIMEOUT);
            case "concurrency" -> concurrency = Values.integer(in, 1, Limits.MOST_AT_ONCE);
            case "rate" -> rate = Values.integer(in, 1, Limits.MOST_A_SECOND);
            case "healthCheck" -> healthCheck = healthCheck(in);
            case "breaker" -> breaker = breaker(in);
            case "fallback" -> fallback = Values.name(in, Destination::isName, Destination.NAME_RULE);
            case "format" -> format = Values.keyword(in, Letter.Format.class);
            case "signingSecret" -> secrets = secrets(in);
            case "tls" -> tls = Values.string(in, Wire.LONGEST_TLS);
            default -> in.unknown();
        }
    }

    private Destination destination(String name, Destination present) {
        List<String> kept = present == null ? List.of() : present.wire().secrets();
        return new Destination(
                name,
                backends,
                balance == null ? Balance.ROUND_ROBIN : balance,
                sticky,
                new Limits(timeout, concurrency == null ? Limits.USUAL_CONCURRENCY : concurrency, rate),
                healthCheck,
                breaker == null ? BreakerPolicy.DEFAULT : breaker,
                fallback,
                new Wire(format == null ? Letter.Format.BINARY : format, secrets == null ? kept : secrets, tls),
                false,
                0);
    }

    private List<Backend> backends(JsonInput in) {
        if (in.isNull() || !in.startsArray()) {
            return null;
        }
        String pointer = in.pointer();
        List<Backend> read = new ArrayList<>();
        Set<String> urls = new HashSet<>();
        while (in.element()) {
            String at = in.pointer();
            Backend backend = backend(in, targets);
            if (backend != null && !urls.add(backend.url())) {
                in.faults().add(at + "/url", "is there twice");
            }
            read.add(backend);
        }
        if (read.isEmpty() || read.size() > Destination.BACKENDS) {
            in.faults().add(pointer, "must have 1 to " + Destination.BACKENDS + " elements");
        }
        return in.faults().isEmpty() ? read : null;
    }

    /** Null when it is not one. */
    static Backend backend(JsonInput in, Targets targets) {
        if (!in.startsObject()) {
            return null;
        }
        String pointer = in.pointer();
        String url = null;
        Integer weight = null;
        Boolean draining = null;
        for (String member = in.member(); member != null; member = in.member()) {
            switch (member) {
                case "url" -> url = url(in, targets);
                case "weight" -> weight = Values.integer(in, 1, Backend.HEAVIEST);
                case "draining" -> draining = Values.bool(in);
                default -> in.unknown();
            }
        }
        if (url == null && in.faults().isEmpty()) {
            in.faults().add(pointer + "/url", "is missing");
        }
        return url == null ? null : new Backend(url, weight == null ? 1 : weight, Boolean.TRUE.equals(draining));
    }

    private static String url(JsonInput in, Targets targets) {
        String url = Values.string(in, MAX_URL);
        if (url != null) {
            targets.fault(url).ifPresent(in::fault);
        }
        return url;
    }

    private static String sticky(JsonInput in) {
        String text = Values.string(in, Destination.STICKY.length() + Destination.LONGEST_LABEL);
        if (text == null) {
            return null;
        }
        if (!text.startsWith(Destination.STICKY) || text.length() == Destination.STICKY.length()) {
            in.fault(Destination.STICKY_RULE);
            return null;
        }
        return text.substring(Destination.STICKY.length());
    }

    private static HealthCheck healthCheck(JsonInput in) {
        if (in.isNull() || !in.startsObject()) {
            return null;
        }
        String pointer = in.pointer();
        String path = null;
        Duration interval = null;
        Duration timeout = null;
        for (String member = in.member(); member != null; member = in.member()) {
            switch (member) {
                case "path" -> path = Values.name(in, HealthCheck::isPath, HealthCheck.PATH_RULE);
                case "interval" ->
                    interval = Values.duration(in, HealthCheck.SHORTEST_INTERVAL, HealthCheck.LONGEST_INTERVAL);
                case "timeout" ->
                    timeout = Values.duration(in, HealthCheck.SHORTEST_TIMEOUT, HealthCheck.LONGEST_TIMEOUT);
                default -> in.unknown();
            }
        }
        if (path == null && in.faults().isEmpty()) {
            in.faults().add(pointer + "/path", "is missing");
        }
        return new HealthCheck(
                path,
                interval == null ? HealthCheck.USUAL_INTERVAL : interval,
                timeout == null ? HealthCheck.USUAL_TIMEOUT : timeout);
    }

    private static BreakerPolicy breaker(JsonInput in) {
        if (in.isNull() || !in.startsObject()) {
            return null;
        }
        BreakerPolicy usual = BreakerPolicy.DEFAULT;
        Integer failures = null;
        Duration window = null;
        Duration open = null;
        Integer probes = null;
        for (String member = in.member(); member != null; member = in.member()) {
            switch (member) {
                case "failures" -> failures = Values.integer(in, 1, BreakerPolicy.MOST_FAILURES);
                case "window" -> window = Values.duration(in, BreakerPolicy.SHORTEST_WINDOW, BreakerPolicy.LONGEST);
                case "open" -> open = Values.duration(in, BreakerPolicy.SHORTEST_OPEN, BreakerPolicy.LONGEST);
                case "probes" -> probes = Values.integer(in, 1, BreakerPolicy.MOST_PROBES);
                default -> in.unknown();
            }
        }
        return new BreakerPolicy(
                failures == null ? usual.failures() : failures,
                window == null ? usual.window() : window,
                open == null ? usual.open() : open,
                probes == null ? usual.probes() : probes);
    }

    /** One, or an array of the new and the old one; null takes them away. */
    private static List<String> secrets(JsonInput in) {
        List<String> read = new ArrayList<>();
        if (in.token() == com.fasterxml.jackson.core.JsonToken.START_ARRAY) {
            String pointer = in.pointer();
            while (in.element()) {
                read.add(secret(in));
            }
            if (read.isEmpty() || read.size() > Wire.MOST_SECRETS) {
                in.faults().add(pointer, Wire.SECRETS_RULE);
            }
        } else if (!in.isNull()) {
            read.add(secret(in));
        }
        return in.faults().isEmpty() ? read : List.of();
    }

    private static String secret(JsonInput in) {
        String text = Values.string(in, MAX_SECRET);
        if (text == null) {
            in.fault("must be a secret");
            return null;
        }
        try {
            SigningSecret.parse(text);
        } catch (IllegalArgumentException e) {
            in.fault("is no signing secret: " + e.getMessage().replaceAll("\\.$", ""));
        }
        return text;
    }
}
