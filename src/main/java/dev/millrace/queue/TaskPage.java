package dev.millrace.queue;

import dev.millrace.task.Task;
import java.time.Instant;
import java.util.List;

/**
 * A page of tasks for people and programs.
 *
 * @param next opaque; null at the end
 * @param scannedTo see {@link Page}
 */
public record TaskPage(List<Task> items, String next, Instant scannedTo) {}
