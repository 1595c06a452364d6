package dev.millrace.queue;

import dev.millrace.task.TaskId;

/**
 * A worker's right to a task under one lease.
 *
 * @param task the id that the server made, also where the client gave the task a name
 * @param generation the fencing token: an older one than the task's changes nothing
 */
public record LeaseToken(TaskId task, int generation) {}
