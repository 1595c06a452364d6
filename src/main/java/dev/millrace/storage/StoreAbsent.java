package dev.millrace.storage;

import dev.millrace.task.MillraceException;
import java.util.function.Predicate;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** What a repeat may mend: no answer, while the breaker lets calls through and the caller was not told to stop. */
public final class StoreAbsent implements Predicate<Throwable> {
    @Override
    public boolean test(Throwable thrown) {
        return MillraceException.isStoreAway(thrown)
                && !(thrown.getCause() instanceof CircuitBreakerOpenException)
                && !Thread.currentThread().isInterrupted();
    }
}
