package dev.millrace.task;

import java.time.Duration;
import java.time.Instant;

/**
 * When a task may start and how long things may take. All times to the millisecond, by the store's clock.
 *
 * @param runAt not before this; null means at once
 * @param expiresAt expired if it did not start before this; null means never
 * @param timeout bound of one attempt, at most PT12H
 * @param retention how long it is kept after its end; null means as the queue says
 */
public record Timing(Instant runAt, Instant expiresAt, Duration timeout, Duration retention) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
    public static final Timing DEFAULT = new Timing(null, null, DEFAULT_TIMEOUT, null);
}
