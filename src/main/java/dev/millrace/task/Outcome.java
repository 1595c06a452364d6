package dev.millrace.task;

import java.time.Duration;

/** What a handler says of its attempt. A handler that throws has failed, retryable. */
public sealed interface Outcome {
    /**
     * @param result null for none
     */
    record Succeeded(Payload result) implements Outcome {}

    /**
     * @param retryable false sends the task to the dead letters at once
     * @param retryAfter wait at least this long; null leaves it to the backoff
     * @param cause {@code FAILED}, {@code TIMED_OUT} when its timeout ended it, or {@code OUTCOME_UNKNOWN} when it may have
     *     been carried out elsewhere
     */
    record Failed(TaskError error, boolean retryable, Duration retryAfter, Cause cause) implements Outcome {}

    /**
     * Back to the queue; the attempt does not count.
     *
     * @param delay null or zero for at once
     * @param reason null for none
     */
    record Released(Duration delay, String reason) implements Outcome {}

    static Outcome succeeded() {
        return new Succeeded(null);
    }

    static Outcome succeeded(Payload result) {
        return new Succeeded(result);
    }

    static Outcome failed(String type, String message) {
        return new Failed(new TaskError(type, message), true, null, Cause.FAILED);
    }

    static Outcome failedForGood(String type, String message) {
        return new Failed(new TaskError(type, message), false, null, Cause.FAILED);
    }

    static Outcome released(Duration delay, String reason) {
        return new Released(delay, reason);
    }
}
