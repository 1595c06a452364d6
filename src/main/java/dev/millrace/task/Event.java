package dev.millrace.task;

import java.time.Instant;

/**
 * One line of a task's history: it entered {@code state} because of {@code cause}. The first and the last 50 are kept.
 *
 * @param attempt the attempt it belongs to; 0 before the first
 * @param worker null when none was involved
 * @param message null when there is nothing to say
 */
public record Event(Instant at, TaskState state, Cause cause, int attempt, String worker, String message) {
    /** Events kept from the start, and again from the end. */
    public static final int KEPT_EACH_END = 50;
}
