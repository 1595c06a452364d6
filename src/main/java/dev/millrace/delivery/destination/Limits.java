package dev.millrace.delivery.destination;

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
    public static final Limits DEFAULT = new Limits(null, USUAL_CONCURRENCY, null);
}
