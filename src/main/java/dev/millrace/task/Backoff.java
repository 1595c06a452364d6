package dev.millrace.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a task waits after its n-th failure.
 *
 * @param base wait after the first failure, positive
 * @param factor growth of the exponential kind, 1 to 10; without meaning for the others
 * @param max the longest wait, at least {@code base}
 */
public record Backoff(Kind kind, Duration base, double factor, Duration max, Jitter jitter) {
    /** 30 s, 60 s, 120 s, 240 s, then 300 s. */
    public static final Backoff DEFAULT =
            new Backoff(Kind.EXPONENTIAL, Duration.ofSeconds(30), 2, Duration.ofMinutes(5), Jitter.NONE);

    /** The growth of the wait. */
    public enum Kind {
        EXPONENTIAL,
        LINEAR,
        FIXED
    }

    /** How much of the wait is left to chance: nothing, its second half, or all of it. */
    public enum Jitter {
        NONE,
        EQUAL,
        FULL
    }

    /**
     * @param failures failures so far, 1 or more
     */
    public Duration after(int failures, RandomGenerator random) {
        double base = this.base.toMillis();
        double raw = switch (kind) {
            case EXPONENTIAL -> base * Math.pow(factor, failures - 1.0);
            case LINEAR -> base * failures;
            case FIXED -> base;
        };
        double capped = Math.min(raw, max.toMillis());
        double jittered = switch (jitter) {
            case NONE -> capped;
            case EQUAL -> capped / 2 + random.nextDouble() * capped / 2;
            case FULL -> random.nextDouble() * capped;
        };
        return Duration.ofMillis((long) jittered);
    }
}
