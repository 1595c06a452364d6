package dev.millrace.delivery.destination;

import dev.millrace.queue.LeaseRequest;
import java.time.Duration;

/**
 * How much a destination gets from one node.
 *
 * @param timeout of one push, at most PT12H; null leaves it to the task's own, which bounds it in any case
 * @param concurrency tasks under way at once, 1 to 10,000
 * @param rate tasks a second, 1 to 100,000; null for any
 */
public record Limits(Duration timeout, int concurrency, Integer rate) {
    public static final int USUAL_CONCURRENCY = 64;
    public static final int MOST_AT_ONCE = 10_000;
    public static final int MOST_A_SECOND = 100_000;
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    public static final Duration LONGEST_TIMEOUT = LeaseRequest.LONGEST;
    public static final Limits DEFAULT = new Limits(null, USUAL_CONCURRENCY, null);
}
