package dev.millrace.queue;

import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A queue's settings. Null members mean the default.
 *
 * @param maxDepth scheduled, ready and blocked tasks it takes; null for no bound
 * @param maxBytes that its scheduled, ready, blocked and running tasks may have together, {@link
 *     dev.millrace.task.TaskSpec#size()} each; null for no bound
 * @param concurrency tasks of it that may run at once over all workers, 1 to {@link #MOST_AT_ONCE}; null for no bound
 * @param rate at which its tasks may be leased; null for no bound
 * @param defaults for what a submission leaves out
 * @param retention what the queue says itself of how long its ended tasks are kept; see {@link QueueSnapshot#retention}
 */
public record QueueConfig(
        Long maxDepth, Long maxBytes, Long concurrency, RateLimit rate, TaskOptions defaults, Retention retention) {
    public static final QueueConfig DEFAULT = new QueueConfig(null, null, null, TaskOptions.NONE, Retention.NONE);

    /** The largest {@code concurrency}. */
    public static final long MOST_AT_ONCE = 1_000_000;

    /** Without a bound of bytes or of what runs at once. */
    public QueueConfig(Long maxDepth, TaskOptions defaults, Retention retention) {
        this(maxDepth, null, null, defaults, retention);
    }

    /** Without a bound of how many are leased in a time. */
    public QueueConfig(Long maxDepth, Long maxBytes, Long concurrency, TaskOptions defaults, Retention retention) {
        this(maxDepth, maxBytes, concurrency, null, defaults, retention);
    }

    /** The same but for the rate; null for no bound. */
    public QueueConfig withRate(RateLimit other) {
        return new QueueConfig(maxDepth, maxBytes, concurrency, other, defaults, retention);
    }

    /** The same but for how many tasks may run at once; null for no bound. */
    public QueueConfig withConcurrency(Long most) {
        return new QueueConfig(maxDepth, maxBytes, most, rate, defaults, retention);
    }

    /** How many more tasks may be leased while so many run; {@link Long#MAX_VALUE} without a bound. */
    public long room(long running) {
        return concurrency == null ? Long.MAX_VALUE : Math.max(0, concurrency - running);
    }

    /**
     * How long ended tasks are kept, per queue and state.
     *
     * @param dedupe how long names and idempotency keys stay known after the end; in what a queue says itself, null is
     *     what is usual
     */
    public record Retention(Kept succeeded, Kept dead, Kept cancelled, Kept expired, Duration dedupe) {
        /** A queue that says nothing itself. */
        public static final Retention NONE = alike(Kept.USUAL, Kept.USUAL, null);

        /** What is usual where nothing else is configured. */
        public static final Retention DEFAULT = alike(
                new Kept(Duration.ofHours(24), 100_000L, 256L << 20),
                Kept.of(Duration.ofDays(30)),
                Duration.ofHours(24));

        /** The states that tasks end in. */
        public static final List<TaskState> STATES =
                List.of(TaskState.SUCCEEDED, TaskState.DEAD, TaskState.CANCELLED, TaskState.EXPIRED);

        /**
         * @param ended of succeeded tasks, of cancelled ones and of expired ones
         */
        public static Retention alike(Kept ended, Kept dead, Duration dedupe) {
            return new Retention(ended, dead, ended, ended, dedupe);
        }

        /**
         * @throws IllegalArgumentException for a state that tasks do not end in
         */
        public Kept of(TaskState state) {
            return switch (state) {
                case SUCCEEDED -> succeeded;
                case DEAD -> dead;
                case CANCELLED -> cancelled;
                case EXPIRED -> expired;
                case SCHEDULED, READY, RUNNING, BLOCKED -> throw new IllegalArgumentException(state + " is no end");
            };
        }

        /** This, and what is usual where it says nothing. */
        public Retention over(Retention usual) {
            return of(state -> of(state).over(usual.of(state)), dedupe != null ? dedupe : usual.dedupe);
        }

        /** What each state has by this. */
        public static Retention of(Function<TaskState, Kept> kept, Duration dedupe) {
            return new Retention(
                    kept.apply(TaskState.SUCCEEDED),
                    kept.apply(TaskState.DEAD),
                    kept.apply(TaskState.CANCELLED),
                    kept.apply(TaskState.EXPIRED),
                    dedupe);
        }
    }
}
