package dev.millrace.queue;

import dev.millrace.task.Backoff;
import dev.millrace.task.NewTask;
import dev.millrace.task.Origin;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Turns a draft into a task: what it leaves out comes from the queue, then from Millrace. */
final class Drafts {
    private Drafts() {}

    static NewTask resolve(TaskDraft draft, TaskOptions queueDefaults, Instant now) {
        TaskOptions options = draft.options().orElse(queueDefaults);
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        TaskDraft.Sender sender = draft.sender();
        TaskSpec spec = new TaskSpec(
                draft.type(),
                draft.destination(),
                draft.payload(),
                options.priority() == null ? TaskSpec.DEFAULT_PRIORITY : options.priority(),
                timing(draft, options, at),
                retry(options),
                draft.unique(),
                draft.marks(),
                new Origin(at, sender.credential(), sender.trace(), sender.fingerprint(), sender.awaited()));
        return new NewTask(draft.name(), sender.dedupeKey(), spec);
    }

    private static Timing timing(TaskDraft draft, TaskOptions options, Instant now) {
        Instant runAt = draft.runAt() != null ? draft.runAt() : after(now, options.delay());
        Instant expiresAt = draft.expiresAt() != null ? draft.expiresAt() : after(now, options.ttl());
        Duration timeout = options.timeout() == null ? Timing.DEFAULT_TIMEOUT : options.timeout();
        return new Timing(runAt, expiresAt, timeout, options.retention());
    }

    private static Instant after(Instant now, Duration wait) {
        return wait == null || wait.isZero() ? null : now.plus(wait).truncatedTo(ChronoUnit.MILLIS);
    }

    private static RetryPolicy retry(TaskOptions options) {
        if (options.maxAttempts() == null && options.backoff() == null) {
            return RetryPolicy.DEFAULT;
        }
        Backoff backoff = options.backoff() == null ? Backoff.DEFAULT : options.backoff();
        int attempts = options.maxAttempts() == null ? RetryPolicy.DEFAULT.maxAttempts() : options.maxAttempts();
        return new RetryPolicy(attempts, backoff);
    }
}
