package dev.millrace.queue;

import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;

/**
 * What became of an action under a lease.
 *
 * @param id the task's public id; null when {@code UNKNOWN}
 * @param state the task's state after it; null when {@code UNKNOWN}
 * @param generation the task's generation after it
 */
public record Settled(Result result, TaskId id, TaskState state, int generation) {
    /** How it went. */
    public enum Result {
        DONE,
        /** This token ended its lease in the same way before: the same answer again. */
        REPEATED,
        /** The lease ended otherwise, or another one began: nothing was changed. */
        LOST,
        /** There is no such task (any more). */
        UNKNOWN
    }

    public static final Settled NO_TASK = new Settled(Result.UNKNOWN, null, null, 0);

    /** The same as the first answer, to one whose own call was repeated because no answer came. */
    public Settled first() {
        return result == Result.REPEATED ? new Settled(Result.DONE, id, state, generation) : this;
    }

    /** The action holds, now or since before. */
    public boolean holds() {
        return result == Result.DONE || result == Result.REPEATED;
    }
}
