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
public record Page(List<Task> tasks, String next, Instant scannedTo) {
    /**
     * A cursor that every store understands: starts at the first task whose time, in the list's order, is {@code time} or
     * comes after it in that order (so at {@code time} or older, but for scheduled tasks at {@code time} or later).
     */
    public static String cursorAt(Instant time) {
        return "@" + time.toEpochMilli();
    }
}
