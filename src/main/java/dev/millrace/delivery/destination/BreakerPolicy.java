package dev.millrace.delivery.destination;

import java.time.Duration;

/**
 * When a backend, or the whole destination, is left alone.
 *
 * @param failures opens at so many within the window, if they came in a row or were at least as many as the successes;
 *     1 to 1,000
 * @param window PT1S to PT1H
 * @param open how long nothing is sent; PT0.1S to PT1H
 * @param probes tasks that are tried after that, all of which have to be answered well; 1 to 100
 */
public record BreakerPolicy(int failures, Duration window, Duration open, int probes) {
    public static final int MOST_FAILURES = 1000;
    public static final int MOST_PROBES = 100;
    public static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    public static final Duration SHORTEST_OPEN = Duration.ofMillis(100);
    public static final Duration LONGEST = Duration.ofHours(1);
    public static final BreakerPolicy DEFAULT = new BreakerPolicy(5, Duration.ofSeconds(30), Duration.ofSeconds(10), 3);
}
