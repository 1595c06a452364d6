package dev.millrace.worker;

import java.time.Duration;

/**
 * How far a worker is to drain its queues.
 *
 * @param max tasks to run, 1 or more
 * @param slice how long tasks are leased, {@link #SHORTEST} to {@link #LONGEST}; those that run then may take as long
 *     again
 * @param idle how long there must be nothing to do before that counts as drained, zero to {@link #LONGEST_IDLE}
 */
public record DrainCall(long max, Duration slice, Duration idle) {
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    /** As long as a task may take. */
    public static final Duration LONGEST = Duration.ofHours(12);

    public static final Duration LONGEST_IDLE = Duration.ofHours(1);

    /** {@link #max} for all there are. */
    public static final long ALL = Slice.WITHOUT_END;

    public DrainCall {
        if (max < 1) {
            throw new IllegalArgumentException("millrace.worker.max-tasks must be 1 or more, not " + max);
        }
        if (slice.compareTo(SHORTEST) < 0 || slice.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("millrace.worker.slice must be PT1S to PT12H, not " + slice);
        }
        if (idle.isNegative() || idle.compareTo(LONGEST_IDLE) > 0) {
            throw new IllegalArgumentException("millrace.worker.idle must be PT0S to PT1H, not " + idle);
        }
    }

    /** One that says nothing of its own. */
    static DrainCall usual(WorkerConfig config) {
        return new DrainCall(config.maxTasks().orElse(ALL), config.slice(), config.idle());
    }

    /** As far as it goes in one run of the process. */
    DrainCall whole() {
        return new DrainCall(max, LONGEST, idle);
    }
}
