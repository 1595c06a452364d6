package dev.millrace.queue;

import dev.millrace.task.Cause;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskError;
import java.time.Instant;

/** How a lease ends, decided before the store is asked; the store checks the fence and carries it out. */
public sealed interface Verdict {
    /**
     * Running becomes succeeded. Taken as well when the lease expired, the task is ready again and nobody leased it
     * since.
     *
     * @param result null for none
     */
    record Succeed(Payload result) implements Verdict {}

    /**
     * Failed, to be tried again: running becomes scheduled until {@code runAt}.
     *
     * @param cause {@code FAILED}, {@code TIMED_OUT} or {@code OUTCOME_UNKNOWN}
     */
    record RetryAt(Instant runAt, TaskError error, Cause cause) implements Verdict {}

    /** Failed for good: running becomes dead. */
    record Bury(TaskError error, Cause cause) implements Verdict {}

    /**
     * Handed back, the attempt refunded: running becomes ready at the end of its line, or scheduled.
     *
     * @param runAt null for at once
     * @param reason null for none; kept in the history
     */
    record Release(Instant runAt, String reason) implements Verdict {}
}
