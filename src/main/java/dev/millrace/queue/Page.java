package dev.millrace.queue;

import dev.millrace.task.Task;
import java.time.Instant;
import java.util.List;

/**
 * A page of a list of one queue.
 *
 * @param tasks without history and log; may be short or empty although there is more
 * @param next where the next page starts, in the store's own words; null at the end
 * @param scannedTo the time, in the list's order, of the last task looked at; null when none was
 */
public record Page(List<Task> tasks, String next, Instant scannedTo) {}
