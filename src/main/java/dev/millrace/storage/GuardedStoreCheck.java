package dev.millrace.storage;

import dev.millrace.monitor.StoreCheck;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Looks past the breaker, since it is asked whether the store is there, but never for long. What the store is like is
 * what it said last while it does not answer.
 */
@ApplicationScoped
class GuardedStoreCheck implements StoreCheck {
    private static final long TIMEOUT_MILLIS = 2_000;

    private final StoreCheck raw;
    private final String kind;
    private volatile String lastDurability = "unknown: the store did not answer yet";
    private volatile List<Finding> lastFindings = List.of();

    GuardedStoreCheck(OpenStorage storage) {
        this.raw = storage.raw().check();
        this.kind = raw.kind();
    }

    @Override
    @Timeout(TIMEOUT_MILLIS)
    @Fallback(fallbackMethod = "late", applyOn = TimeoutException.class)
    public void ping() {
        raw.ping();
    }

    void late(TimeoutException e) {
        throw new MillraceException(
                ErrorCode.STORE_UNAVAILABLE, "The store did not answer within " + TIMEOUT_MILLIS + " ms", Map.of(), e);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    @Timeout(TIMEOUT_MILLIS)
    @Fallback(fallbackMethod = "lastDurability")
    public String durability() {
        lastDurability = raw.durability();
        return lastDurability;
    }

    String lastDurability() {
        return lastDurability;
    }

    @Override
    @Timeout(TIMEOUT_MILLIS)
    @Fallback(fallbackMethod = "lastFindings")
    public List<Finding> findings() {
        lastFindings = raw.findings();
        return lastFindings;
    }

    /** What was found out last; no call of the store. */
    @Override
    public Duration clockOffset() {
        return raw.clockOffset();
    }

    /** What was found out last; no call of the store. */
    @Override
    public int rollbacks() {
        return raw.rollbacks();
    }

    List<Finding> lastFindings() {
        return lastFindings;
    }
}
