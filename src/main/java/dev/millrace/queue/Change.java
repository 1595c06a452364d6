package dev.millrace.queue;

import dev.millrace.task.Payload;
import dev.millrace.task.TaskId;

/** Something that a person or program does to a task from outside its lease. */
public sealed interface Change {
    TaskId id();

    /** Only while the task has this revision; null for any. */
    Long ifRevision();

    /** From scheduled, ready, blocked or running. */
    record Cancel(TaskId id, Long ifRevision) implements Change {}

    /**
     * From any terminal state: ready again with attempts and crashes 0.
     *
     * @param payload runs with this one from now on; null keeps the old one
     */
    record Retry(TaskId id, Long ifRevision, Payload payload) implements Change {}

    /** From scheduled. */
    record RunNow(TaskId id, Long ifRevision) implements Change {}

    /** Of a terminal task: gone, though its name and dedupe key stay known for their time. */
    record Delete(TaskId id, Long ifRevision) implements Change {}
}
