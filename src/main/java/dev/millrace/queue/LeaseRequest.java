package dev.millrace.queue;

import java.time.Duration;

/**
 * @param max 1 to 500
 * @param lease PT1S to PT12H
 * @param worker who will run them, at most 128 characters
 */
public record LeaseRequest(String queue, int max, Duration lease, String worker, Lanes lanes) {
    public static final int MAX = 500;
    public static final Duration LONGEST = Duration.ofHours(12);
}
