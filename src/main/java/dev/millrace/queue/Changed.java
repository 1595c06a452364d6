package dev.millrace.queue;

import dev.millrace.task.TaskState;

/**
 * What became of a {@link Change}.
 *
 * @param state the task's state after it; null when there is no such task
 */
public record Changed(Result result, TaskState state) {
    /** How it went. */
    public enum Result {
        DONE,
        NOT_FOUND,
        /** The task's state does not allow it. */
        ILLEGAL,
        /** The task has another revision than asked for. */
        STALE,
        /** A retry was refused because another live task holds the unique key. */
        UNIQUE_TAKEN
    }
}
