package dev.millrace.storage;

import dev.millrace.monitor.StoreCheck;
import dev.millrace.task.MillraceException;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The one breaker of the store. Breakers belong to methods, and all operations reach the same server or file, so they all
 * pass through this method.
 */
@ApplicationScoped
class StoreBreaker {
    /** Longer than any client's own timeout: for what hangs where no client sees it, such as a dying disk. */
    static final long TIMEOUT_MILLIS = 10_000;

    static final long OPEN_MILLIS = 1_000;

    /**
     * Runs on the caller's thread, which is interrupted at the timeout. Only an absent answer counts as a failure, and
     * not even that when somebody else interrupted the caller.
     *
     * @throws InterruptedException when the caller was interrupted, whatever became of the operation
     */
    @Timeout(TIMEOUT_MILLIS)
    @CircuitBreaker(
            requestVolumeThreshold = 10,
            failureRatio = 0.5,
            delay = OPEN_MILLIS,
            failOn = {StoreDown.class, TimeoutException.class})
    @CircuitBreakerName(StoreCheck.BREAKER)
    <T> T call(Supplier<T> operation) throws InterruptedException {
        try {
            return operation.get();
        } catch (MillraceException e) {
            boolean absent =
                    MillraceException.isStoreAway(e) && !Thread.currentThread().isInterrupted();
            throw absent ? new StoreDown(e) : e;
        }
    }
}
