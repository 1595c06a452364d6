package dev.millrace.task;

import java.time.Instant;

/**
 * A line that a handler logged with its attempt; the last {@link #LIMIT} of a task are kept.
 *
 * @param line at most {@link #MAX_LENGTH} characters
 */
public record LogLine(Instant at, int attempt, String line) {
    public static final int LIMIT = 100;
    public static final int MAX_LENGTH = 1024;
}
