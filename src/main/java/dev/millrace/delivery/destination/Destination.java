package dev.millrace.delivery.destination;

import java.util.List;

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

    public Destination {
        backends = List.copyOf(backends);
    }

    public Destination withVersion(long other) {
        return new Destination(
                name, backends, balance, sticky, limits, healthCheck, breaker, fallback, wire, configured, other);
    }

    public Destination withBackends(List<Backend> others) {
        return new Destination(
                name, others, balance, sticky, limits, healthCheck, breaker, fallback, wire, configured, version);
    }
}
