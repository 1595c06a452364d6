package dev.millrace.delivery.destination;

import dev.millrace.task.NameRules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A named group of HTTP backends that tasks are pushed to.
 *
 * @param name matches {@code ^[a-z0-9][a-z0-9._-]{0,62}$}
 * @param backends 1 to {@link #BACKENDS}, each URL once
 * @param sticky tasks with the same value of this label go to the same backend; null for none
 * @param healthCheck null for none
 * @param fallback another destination that takes its tasks while this one's breaker is open; null to wait
 * @param configured comes from the node's configuration, which sets it anew at each start
 * @param version another one after each change; 0 before it was kept
 */
public record Destination(
        String name,
        List<Backend> backends,
        Balance balance,
        String sticky,
        Limits limits,
        HealthCheck healthCheck,
        BreakerPolicy breaker,
        String fallback,
        Wire wire,
        boolean configured,
        long version) {
    public static final int BACKENDS = 64;
    /** What {@code sticky} begins with on the wire, before a label of at most {@link #LONGEST_LABEL} characters. */
    public static final String STICKY = "label:";

    public static final int LONGEST_LABEL = 64;
    public static final String NAME_RULE = "must match ^" + NameRules.QUEUE + "$";
    public static final String STICKY_RULE = "must name a label, such as label:tenant";
    public static final String FALLBACK_RULE = "must be another destination";

    public Destination {
        backends = List.copyOf(backends);
    }

    /** A new one with this backend, and all else as it is where nothing is said. */
    public static Destination to(String name, String url) {
        return new Destination(
                name,
                List.of(new Backend(url, 1, false)),
                Balance.ROUND_ROBIN,
                null,
                Limits.DEFAULT,
                null,
                BreakerPolicy.DEFAULT,
                null,
                Wire.DEFAULT,
                false,
                0);
    }

    /** Whether a text may be the name of a destination. */
    public static boolean isName(String text) {
        return NameRules.isQueue(text);
    }

    public Destination withVersion(long other) {
        return new Destination(
                name, backends, balance, sticky, limits, healthCheck, breaker, fallback, wire, configured, other);
    }

    /**
     * With one more backend; one that is there already is changed.
     *
     * @throws IllegalArgumentException when there are {@link #BACKENDS}, in words that follow the URL
     */
    public Destination with(Backend backend) {
        List<Backend> after = new ArrayList<>(backends);
        after.removeIf(present -> present.url().equals(backend.url()));
        after.add(backend);
        if (after.size() > BACKENDS) {
            throw new IllegalArgumentException("would be one more than the " + BACKENDS + " there may be");
        }
        return withBackends(after);
    }

    /**
     * @param draining it gets nothing new
     * @throws IllegalArgumentException when it is not there, in words that follow the URL
     */
    public Destination drained(String url, boolean draining) {
        require(url);
        return withBackends(backends.stream()
                .map(backend -> backend.url().equals(url) ? backend.drained(draining) : backend)
                .toList());
    }

    /**
     * @throws IllegalArgumentException when it is not there, or is the last one, in words that follow the URL
     */
    public Destination without(String url) {
        require(url);
        if (backends.size() == 1) {
            throw new IllegalArgumentException("is the last backend: delete the destination instead");
        }
        return withBackends(
                backends.stream().filter(backend -> !backend.url().equals(url)).toList());
    }

    private void require(String url) {
        if (backends.stream().noneMatch(backend -> backend.url().equals(url))) {
            throw new IllegalArgumentException("is no backend of this destination");
        }
    }

    Destination withSecrets(UnaryOperator<String> change) {
        Wire changed = wire.withSecrets(wire.secrets().stream().map(change).toList());
        return new Destination(
                name, backends, balance, sticky, limits, healthCheck, breaker, fallback, changed, configured, version);
    }

    public Destination withBackends(List<Backend> others) {
        return new Destination(
                name, others, balance, sticky, limits, healthCheck, breaker, fallback, wire, configured, version);
    }
}
