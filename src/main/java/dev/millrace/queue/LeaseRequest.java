package dev.millrace.queue;

import java.time.Duration;
import java.util.Set;

/**
 * @param max 1 to 500
 * @param lease PT1S to PT12H
 * @param worker who will run them, at most 128 characters
 * @param types only these; empty means all
 */
public record LeaseRequest(String queue, int max, Duration lease, String worker, Set<String> types) {
    public static final int MAX = 500;
    public static final Duration LONGEST = Duration.ofHours(12);
}
