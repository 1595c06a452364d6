package dev.millrace.storage.sqlite;

import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.sqlite.MinuteCounts.End;
import dev.millrace.storage.sqlite.TaskRecord.Ending;
import dev.millrace.storage.sqlite.Transaction.Held;
import dev.millrace.task.Cause;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ends leases. The fence: only the present generation's token counts, and only while its lease stands. */
final class Settling implements Writer.Unit<List<Settled>> {
    private final List<Settlement> settlements;
    private final long now;

    Settling(List<Settlement> settlements, Instant now) {
        this.settlements = settlements;
        this.now = now.toEpochMilli();
    }

    @Override
    public List<Settled> run(Transaction tx) throws SQLException {
        List<Settled> answers = new ArrayList<>(settlements.size());
        for (Settlement settlement : settlements) {
            answers.add(settle(tx, settlement.token(), settlement.verdict()));
        }
        return answers;
    }

    private Settled settle(Transaction tx, LeaseToken token, Verdict verdict) throws SQLException {
        Held task = tx.find(token.task());
        if (task == null) {
            return Settled.NO_TASK;
        }
        Settled.Result result = fence(task.record(), token.generation(), verdict);
        if (result == Settled.Result.DONE) {
            apply(tx, task, verdict);
        }
        return answer(tx, task, result);
    }

    static Settled answer(Transaction tx, Held task, Settled.Result result) throws SQLException {
        TaskRecord r = task.record();
        return new Settled(result, tx.names.publicId(task.batch(), task.index()), r.state(), r.generation);
    }

    private static Settled.Result fence(TaskRecord r, int generation, Verdict verdict) {
        if (r.generation != generation || generation == 0) {
            return Settled.Result.LOST;
        }
        boolean late = verdict instanceof Verdict.Succeed && r.is(TaskState.READY) && r.ending == Ending.EXPIRED;
        if (r.is(TaskState.RUNNING) || late) {
            return Settled.Result.DONE;
        }
        Ending ending = switch (verdict) {
            case Verdict.Succeed v -> Ending.COMPLETED;
            case Verdict.RetryAt v -> Ending.FAILED;
            case Verdict.Bury v -> Ending.FAILED;
            case Verdict.Release v -> Ending.RELEASED;
        };
        return r.ending == ending ? Settled.Result.REPEATED : Settled.Result.LOST;
    }

    private void apply(Transaction tx, Held task, Verdict verdict) throws SQLException {
        switch (verdict) {
            case Verdict.Succeed v -> succeed(tx, task, v);
            case Verdict.RetryAt v -> retry(tx, task, v);
            case Verdict.Bury v -> bury(tx, task, v);
            case Verdict.Release v -> release(tx, task, v);
        }
    }

    private void succeed(Transaction tx, Held task, Verdict.Succeed verdict) throws SQLException {
        TaskRecord r = task.record();
        if (r.is(TaskState.READY)) {
            // The attempt that was given back when the lease ran out is used after all.
            r.attempts++;
        }
        r.ending = Ending.COMPLETED;
        r.set(TaskRecord.TELLS_COMPLETED, true);
        tx.extras.put(task.batch(), task.index(), Extras.Kind.RESULT, Extras.encode(verdict.result()));
        tx.extras.put(task.batch(), task.index(), Extras.Kind.ERROR, null);
        end(tx, task, TaskState.SUCCEEDED, End.SUCCEEDED);
        tx.series.ran(task.queue(), now, now - r.startedAt);
    }

    private void retry(Transaction tx, Held task, Verdict.RetryAt verdict) throws SQLException {
        fail(tx, task, TaskState.SCHEDULED, verdict.error(), verdict.cause());
        task.record().runAt = verdict.runAt().toEpochMilli();
        end(tx, task, TaskState.SCHEDULED, End.FAILED);
    }

    private void bury(Transaction tx, Held task, Verdict.Bury verdict) throws SQLException {
        fail(tx, task, TaskState.DEAD, verdict.error(), verdict.cause());
        end(tx, task, TaskState.DEAD, End.DEAD);
    }

    private void fail(Transaction tx, Held task, TaskState next, TaskError error, Cause cause) throws SQLException {
        TaskRecord r = task.record();
        tx.tell(task, next, cause, now, error.message());
        tx.fail(task, error, next == TaskState.DEAD, now);
        tx.series.ran(task.queue(), now, now - r.startedAt);
        r.ending = Ending.FAILED;
    }

    private void release(Transaction tx, Held task, Verdict.Release verdict) throws SQLException {
        TaskRecord r = task.record();
        boolean later = verdict.runAt() != null && verdict.runAt().toEpochMilli() > now;
        TaskState next = later ? TaskState.SCHEDULED : TaskState.READY;
        tx.tell(task, next, Cause.RELEASED, now, verdict.reason());
        r.attempts = Math.max(0, r.attempts - 1);
        r.ending = Ending.RELEASED;
        if (later) {
            r.runAt = verdict.runAt().toEpochMilli();
        } else {
            r.readyAt = now;
        }
        end(tx, task, next, End.RELEASED);
    }

    private void end(Transaction tx, Held task, TaskState next, End how) throws SQLException {
        String type = task.type();
        tx.move(task, next, now);
        tx.series.ended(task.queue(), now, type, how);
    }
}
