package dev.millrace.queue;

import dev.millrace.task.Outcome;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Decides what an attempt's outcome means for its task. */
public final class Verdicts {
    /** A task's own wish to wait ({@code retryAfter}) counts up to this. */
    static final Duration LONGEST_WISH = Duration.ofHours(24);

    private Verdicts() {}

    /**
     * @param task as it was leased: its attempts include the one that ended
     */
    public static Verdict of(Task task, Outcome outcome, Instant now) {
        return of(task, outcome, now, ThreadLocalRandom.current());
    }

    static Verdict of(Task task, Outcome outcome, Instant now, RandomGenerator random) {
        return switch (outcome) {
            case Outcome.Succeeded done -> new Verdict.Succeed(done.result());
            case Outcome.Released back -> released(back, now);
            case Outcome.Failed failed -> failed(task, failed, now, random);
        };
    }

    private static Verdict released(Outcome.Released back, Instant now) {
        boolean atOnce = back.delay() == null || !back.delay().isPositive();
        return new Verdict.Release(atOnce ? null : now.plus(back.delay()), back.reason());
    }

    private static Verdict failed(Task task, Outcome.Failed failed, Instant now, RandomGenerator random) {
        RetryPolicy retry = task.spec().retry();
        int attempts = Math.max(1, task.status().attempts());
        if (!failed.retryable() || attempts >= retry.maxAttempts()) {
            return new Verdict.Bury(failed.error(), failed.cause());
        }
        Duration wait = retry.backoff().after(attempts, random);
        if (failed.retryAfter() != null && failed.retryAfter().compareTo(wait) > 0) {
            wait = failed.retryAfter().compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : failed.retryAfter();
        }
        return new Verdict.RetryAt(now.plus(wait), failed.error(), failed.cause());
    }
}
