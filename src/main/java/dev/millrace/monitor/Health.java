package dev.millrace.monitor;

import dev.millrace.monitor.HealthReport.Component;
import dev.millrace.monitor.HealthReport.Finding;
import dev.millrace.task.MillraceException;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks at the process and its store. A look is good for a second, so that probes of any number cost the store one
 * question a second; it reads and never writes.
 */
@ApplicationScoped
public class Health {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final StoreCheck store;
    private final Breaker breaker;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look last;

    Health(StoreCheck store, Breaker breaker) {
        this.store = store;
        this.breaker = breaker;
    }

    /** As of now or up to a second ago. Blocks for about two seconds when the store does not answer any more. */
    public HealthReport report() {
        Look known = last;
        if (known != null && known.fresh()) {
            return known.report;
        }
        looking.lock();
        try {
            if (last == null || !last.fresh()) {
                last = new Look(look(), System.nanoTime());
            }
            return last.report;
        } finally {
            looking.unlock();
        }
    }

    private HealthReport look() {
        Component storeLook = lookAtStore();
        Component breakerLook = lookAtBreaker();
        boolean away = storeLook.status().equals(HealthReport.DOWN);
        // What does not answer is not waited for once more: what was known of it holds.
        HealthReport known = away && last != null ? last.report : null;
        List<Finding> findings = known == null ? findings() : known.findings();
        return new HealthReport(
                overall(storeLook, breakerLook, findings),
                store.kind(),
                known == null ? store.durability() : known.durability(),
                List.of(storeLook, breakerLook),
                findings);
    }

    private List<Finding> findings() {
        return store.findings().stream()
                .map(found -> new Finding(found.code(), found.sentence()))
                .toList();
    }

    private Component lookAtStore() {
        long start = System.nanoTime();
        try {
            store.ping();
            return new Component("store", HealthReport.UP, since(start), store.kind() + " answers");
        } catch (MillraceException e) {
            return new Component("store", HealthReport.DOWN, since(start), e.getMessage());
        }
    }

    private Component lookAtBreaker() {
        CircuitBreakerState state = breaker.state();
        String status = state == CircuitBreakerState.CLOSED ? HealthReport.UP : HealthReport.DEGRADED;
        return new Component("breaker", status, Duration.ZERO, Breaker.wire(state));
    }

    private static String overall(Component store, Component breaker, List<Finding> findings) {
        if (store.status().equals(HealthReport.DOWN)) {
            return HealthReport.DOWN;
        }
        boolean well = breaker.status().equals(HealthReport.UP) && findings.isEmpty();
        return well ? HealthReport.UP : HealthReport.DEGRADED;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start).truncatedTo(ChronoUnit.MICROS);
    }

    private record Look(HealthReport report, long takenAt) {
        boolean fresh() {
            return System.nanoTime() - takenAt < FRESH_NANOS;
        }
    }
}
