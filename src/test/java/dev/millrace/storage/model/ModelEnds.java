package dev.millrace.storage.model;

import dev.millrace.queue.Settled;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.model.ModelTask.Ending;
import dev.millrace.task.Cause;
import dev.millrace.task.Payload;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskState;
import java.time.Instant;

/** How tasks leave the hands of their workers, and what time does to them. */
final class ModelEnds {
    /** The token of an older generation, or of a lease that ended otherwise, is worth nothing. */
    static Settled.Result fence(ModelTask task, int generation, Verdict verdict) {
        if (task.generation != generation) {
            return Settled.Result.LOST;
        }
        boolean late = verdict instanceof Verdict.Succeed && task.is(TaskState.READY) && task.ending == Ending.EXPIRED;
        if (task.is(TaskState.RUNNING) || late) {
            return Settled.Result.DONE;
        }
        Ending ending = switch (verdict) {
            case Verdict.Succeed v -> Ending.COMPLETED;
            case Verdict.RetryAt v -> Ending.FAILED;
            case Verdict.Bury v -> Ending.FAILED;
            case Verdict.Release v -> Ending.RELEASED;
        };
        return task.ending == ending ? Settled.Result.REPEATED : Settled.Result.LOST;
    }

    void settle(ModelTask task, Verdict verdict, Instant now) {
        switch (verdict) {
            case Verdict.Succeed v -> succeed(task, v, now);
            case Verdict.RetryAt v -> {
                fail(task, TaskState.SCHEDULED, "failed", v.error(), v.cause(), now);
                task.runAt = v.runAt();
            }
            case Verdict.Bury v -> fail(task, TaskState.DEAD, "dead", v.error(), v.cause(), now);
            case Verdict.Release v -> release(task, v, now);
        }
    }

    private static void succeed(ModelTask task, Verdict.Succeed verdict, Instant now) {
        task.attempts += task.is(TaskState.READY) ? 1 : 0;
        task.tell(TaskState.SUCCEEDED, Cause.COMPLETED, now, task.attempts, task.worker, null);
        task.ending = Ending.COMPLETED;
        task.result = verdict.result();
        task.error = null;
        task.move(TaskState.SUCCEEDED, now);
        task.queue.ran(task, now);
        task.queue.ended(task, "succeeded", now);
    }

    private static void fail(ModelTask task, TaskState next, String how, TaskError error, Cause cause, Instant now) {
        task.tell(next, cause, now, error.message());
        task.error = error;
        task.ending = Ending.FAILED;
        task.move(next, now);
        task.queue.ran(task, now);
        task.queue.ended(task, how, now);
    }

    private static void release(ModelTask task, Verdict.Release verdict, Instant now) {
        boolean later = verdict.runAt() != null && verdict.runAt().isAfter(now);
        TaskState next = later ? TaskState.SCHEDULED : TaskState.READY;
        task.tell(next, Cause.RELEASED, now, verdict.reason());
        task.attempts = Math.max(0, task.attempts - 1);
        task.ending = Ending.RELEASED;
        task.runAt = later ? verdict.runAt() : task.runAt;
        task.arrival = task.queue.returns();
        task.move(next, now);
        task.queue.ended(task, "released", now);
    }

    void cancel(ModelTask task, Cause cause, Instant now) {
        task.tell(TaskState.CANCELLED, cause, now, null);
        task.ending = task.is(TaskState.RUNNING) ? Ending.CUT : task.ending;
        task.move(TaskState.CANCELLED, now);
        task.queue.ended(task, "cancelled", now);
    }

    void retry(ModelTask task, Payload payload, Instant now) {
        task.tell(TaskState.READY, Cause.MANUAL_RETRY, now, 0, null, null);
        if (payload != null) {
            task.edit(payload);
        }
        task.result = null;
        task.progress = null;
        task.attempts = 0;
        task.crashes = 0;
        task.expiresAt = null;
        task.ending = Ending.CUT;
        task.arrival = task.queue.returns();
        task.move(TaskState.READY, now);
    }

    /** What is both due and too old expires. */
    int tidy(ModelQueue queue, Instant now) {
        int moved = 0;
        long arrival = queue.arrives();
        for (ModelTask task : queue.tasks) {
            if (waits(task) && task.expiresAt != null && !task.expiresAt.isAfter(now)) {
                task.tell(TaskState.EXPIRED, Cause.EXPIRED, now, null);
                task.move(TaskState.EXPIRED, now);
                queue.ended(task, "expired", now);
                moved++;
            } else if (task.is(TaskState.SCHEDULED) && !task.runAt.isAfter(now)) {
                task.tell(TaskState.READY, Cause.DUE, now, null);
                task.arrival = arrival;
                task.move(TaskState.READY, now);
                moved++;
            } else if (task.is(TaskState.RUNNING) && !task.deadline.isAfter(now)) {
                reclaim(task, arrival, now);
                moved++;
            }
        }
        return moved;
    }

    private static boolean waits(ModelTask task) {
        return task.is(TaskState.SCHEDULED) || task.is(TaskState.READY);
    }

    private static void reclaim(ModelTask task, long arrival, Instant now) {
        boolean poison = task.crashes + 1 >= RetryPolicy.MAX_CRASHES;
        TaskState next = poison ? TaskState.DEAD : TaskState.READY;
        task.tell(next, poison ? Cause.POISON : Cause.LEASE_EXPIRED, now, null);
        task.error = poison ? new TaskError("Poison", "") : task.error;
        task.attempts = Math.max(0, task.attempts - 1);
        task.crashes++;
        task.ending = Ending.EXPIRED;
        task.arrival = arrival;
        task.move(next, now);
        task.queue.ended(task, poison ? "dead" : "lease-expired", now);
    }
}
