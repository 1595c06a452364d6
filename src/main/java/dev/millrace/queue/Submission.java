package dev.millrace.queue;

import dev.millrace.task.Task;
import dev.millrace.task.TaskId;

/**
 * The answer to one submission.
 *
 * @param serverId the id that the server made for it; the task's own where {@code outcome} is {@code Created};
 *     null when it did not come to that
 * @param accepted the task as it was accepted; null unless {@code outcome} is {@code Created}
 */
public record Submission(Submitted outcome, TaskId serverId, Task accepted) {}
