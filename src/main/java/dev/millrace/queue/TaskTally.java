package dev.millrace.queue;

import dev.millrace.task.Task;

/**
 * Hears what this process did to tasks, once the store has it. What the store does by itself (tasks that expire, leases
 * that run out) and what other processes do is not told. Called from any thread, in the way of tasks: neither blocks nor
 * throws.
 */
public interface TaskTally {
    /** Hears nothing. */
    TaskTally DEAF = new TaskTally() {
        @Override
        public boolean listens() {
            return false;
        }

        @Override
        public void accepted(Task task) {}

        @Override
        public void ended(Task task, Verdict verdict) {}
    };

    /** Whether it is worth finding out about a task for it; always the same answer. */
    boolean listens();

    /** The task is in the store. */
    void accepted(Task task);

    /** An attempt ended so. */
    void ended(Task task, Verdict verdict);
}
