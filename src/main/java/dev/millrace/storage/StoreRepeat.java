package dev.millrace.storage;

import io.smallrye.faulttolerance.api.RetryWhen;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * How a harmless call is repeated. One method for all of them, as each method with annotations of fault tolerance costs
 * a millisecond of a start.
 */
@ApplicationScoped
@Interruptible
class StoreRepeat {
    static final int TIMES = 2;
    static final long PAUSE_MILLIS = 50;
    static final long JITTER_MILLIS = 25;
    /** None begins later than this after the first try. */
    static final long WITHIN_MILLIS = 5_000;

    @Retry(maxRetries = TIMES, delay = PAUSE_MILLIS, jitter = JITTER_MILLIS, maxDuration = WITHIN_MILLIS)
    @RetryWhen(exception = StoreAbsent.class)
    <T> T call(Supplier<T> operation) {
        return operation.get();
    }
}
