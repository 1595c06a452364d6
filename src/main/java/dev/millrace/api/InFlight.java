package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Idempotency keys whose first request is still running on this node. */
@Singleton
class InFlight {
    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    /**
     * Runs the call, alone under its key.
     *
     * @param key null for no such bound
     * @throws MillraceException {@code IDEMPOTENCY_IN_PROGRESS}
     */
    <T> CompletionStage<T> alone(String key, Supplier<CompletionStage<T>> call) {
        if (key == null) {
            return call.get();
        }
        if (!keys.add(key)) {
            throw new MillraceException(
                    ErrorCode.IDEMPOTENCY_IN_PROGRESS, "The first request with this Idempotency-Key is still running.");
        }
        try {
            return call.get().whenComplete((done, failure) -> keys.remove(key));
        } catch (RuntimeException e) {
            keys.remove(key);
            throw e;
        }
    }
}
