package dev.millrace.queue;

import dev.millrace.task.TaskId;

/** What became of one submitted task. */
public sealed interface Submitted {
    /**
     * Accepted and durable.
     *
     * @param id the public id: the client's name for it, else the server's
     */
    record Created(TaskId id) implements Submitted {}

    /** The same name or dedupe key came before, with the same content: nothing was added. */
    record Repeated(TaskId id) implements Submitted {}

    /** The unique key is taken and its mode is {@code return}: nothing was added. */
    record Existing(TaskId id) implements Submitted {}

    /** The name is taken by other content. */
    record NameTaken(TaskId id) implements Submitted {}

    /** The dedupe key was used with other content. */
    record KeyReused(TaskId id) implements Submitted {}

    /** The unique key is taken, and its mode is {@code reject}, or {@code replace} while its holder runs. */
    record UniqueTaken(TaskId id) implements Submitted {}

    /** The queue is at its {@code maxDepth}, or at the most lanes that a queue may have. */
    record QueueFull(String reason) implements Submitted {}
}
