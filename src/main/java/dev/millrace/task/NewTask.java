package dev.millrace.task;

/**
 * A task to be submitted.
 *
 * @param name the id that the client gave; null when the server's own is enough
 * @param dedupeKey what an {@code Idempotency-Key} comes down to: at most 64 characters that stand for credential,
 *     queue, key and index; null without one
 */
public record NewTask(TaskId name, String dedupeKey, TaskSpec spec) {}
