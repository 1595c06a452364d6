package dev.millrace.worker;

import dev.millrace.task.Outcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;

/** Fails always, retryable unless told otherwise. */
@Singleton
@Handles(value = "fail", effort = Effort.INSTANT)
class FailHandler implements TaskHandler<FailHandler.Wish> {
    private static final String TYPE = "Failed";

    /**
     * @param message null for a message of our own
     * @param retryable null for true
     */
    @RegisterForReflection
    record Wish(String message, Boolean retryable) {}

    @Override
    public Outcome run(Wish wish, TaskContext context) {
        String message = wish == null || wish.message() == null ? "This task fails always" : wish.message();
        boolean retryable = wish == null || wish.retryable() == null || wish.retryable();
        return retryable ? Outcome.failed(TYPE, message) : Outcome.failedForGood(TYPE, message);
    }
}
