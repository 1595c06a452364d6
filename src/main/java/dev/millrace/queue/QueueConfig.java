package dev.millrace.queue;

import java.time.Duration;

/**
 * A queue's settings. Null members mean the default.
 *
 * @param maxDepth scheduled, ready and blocked tasks it takes; null for no bound
 * @param maxBytes that its scheduled, ready, blocked and running tasks may have together, {@link
 *     dev.millrace.task.TaskSpec#size()} each; null for no bound
 * @param concurrency tasks of it that may run at once over all workers, 1 to {@link #MOST_AT_ONCE}; null for no bound
 * @param defaults for what a submission leaves out
 */
public record QueueConfig(Long maxDepth, Long maxBytes, Long concurrency, TaskOptions defaults, Retention retention) {
    public static final QueueConfig DEFAULT = new QueueConfig(null, null, null, TaskOptions.NONE, Retention.DEFAULT);

    /** The largest {@code concurrency}. */
    public static final long MOST_AT_ONCE = 1_000_000;

    /** Without a bound of bytes or of what runs at once. */
    public QueueConfig(Long maxDepth, TaskOptions defaults, Retention retention) {
        this(maxDepth, null, null, defaults, retention);
    }

    /** The same but for how many tasks may run at once; null for no bound. */
    public QueueConfig withConcurrency(Long most) {
        return new QueueConfig(maxDepth, maxBytes, most, defaults, retention);
    }

    /** How many more tasks may be leased while so many run; {@link Long#MAX_VALUE} without a bound. */
    public long room(long running) {
        return concurrency == null ? Long.MAX_VALUE : Math.max(0, concurrency - running);
    }

    /**
     * How long ended tasks are kept, per queue.
     *
     * @param age of succeeded, cancelled and expired tasks
     * @param count of succeeded, cancelled and expired tasks together
     * @param bytes of succeeded, cancelled and expired tasks together
     * @param deadAge of dead tasks
     * @param dedupe how long names and idempotency keys stay known after the end
     */
    public record Retention(Duration age, long count, long bytes, Duration deadAge, Duration dedupe) {
        public static final Retention DEFAULT =
                new Retention(Duration.ofHours(24), 100_000, 256L << 20, Duration.ofDays(30), Duration.ofHours(24));
    }
}
