package dev.millrace.worker;

import java.time.Duration;

/**
 * How far a worker is to drain its queues.
 *
 * @param max tasks to run, 1 or more
 * @param slice how long tasks are leased, {@link #SHORTEST} to {@link #LONGEST}
 * @param idle how long there must be nothing to do before that counts as drained, zero to {@link #LONGEST_IDLE}
 * @param longest how long a task may run whatever its own timeout says, positive, for platforms that end what takes
 *     longer: the answer comes after that and the slice at the latest. Null when tasks may take their time; those that
 *     run when the slice ends are then waited for as long again.
 */
public record DrainCall(long max, Duration slice, Duration idle, Duration longest) {
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
        if (longest != null && !longest.isPositive()) {
            throw new IllegalArgumentException("Tasks must be let run for more than " + longest);
        }
    }

    /** One whose tasks may take their time. */
    public DrainCall(long max, Duration slice, Duration idle) {
        this(max, slice, idle, null);
    }

    /** The same with less time: no longer slice than this, and no task that runs for longer than that. */
    public DrainCall within(Duration slice, Duration longest) {
        return new DrainCall(max, slice.compareTo(this.slice) < 0 ? slice : this.slice, idle, longest);
    }

    /** How long after its beginning it is answered at the latest. */
    Duration whole() {
        return slice.plus(longest == null ? slice : longest);
    }

    /** One that says nothing of its own. */
    static DrainCall usual(WorkerConfig config) {
        return new DrainCall(config.maxTasks().orElse(ALL), config.slice(), config.idle());
    }

    /** As far as it goes in one run of the process. */
    DrainCall endless() {
        return new DrainCall(max, LONGEST, idle);
    }
}
