package dev.millrace.storage.sqlite;

import dev.millrace.storage.sqlite.MinuteCounts.End;
import dev.millrace.storage.sqlite.TaskRecord.Ending;
import dev.millrace.storage.sqlite.Transaction.Held;
import dev.millrace.task.Cause;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What time does to a queue's tasks: they come due, their leases run out, they expire. */
final class Upkeep {
    private final Transaction tx;
    private final LiveQueue queue;
    private final int limit;
    private final long now;

    Upkeep(Transaction tx, LiveQueue queue, int limit, long now) {
        this.tx = tx;
        this.queue = queue;
        this.limit = limit;
        this.now = now;
    }

    /** How many tasks moved. What is both due and too old expires. */
    int run() throws SQLException {
        int moved = expire();
        moved += promote();
        moved += reclaim();
        return moved;
    }

    /** What is done to each task of a cohort whose time has come. */
    @FunctionalInterface
    private interface Step {
        void take(Held task) throws SQLException;
    }

    private static final String EXPIRED = """
            SELECT id, batch FROM cohort WHERE queue = ? AND expires <= ? AND expires IS NOT NULL ORDER BY expires""";

    private static final String FIRST_EXPIRES = """
            SELECT min(expires) FROM cohort WHERE queue = ? AND expires IS NOT NULL""";

    private int expire() throws SQLException {
        if (now < queue.expiresFrom) {
            return 0;
        }
        int moved = each(EXPIRED, task -> {
            tx.tell(task, TaskState.EXPIRED, Cause.EXPIRED, now, null);
            tx.move(task, TaskState.EXPIRED, now);
            tx.series.ended(queue, now, task.type(), End.EXPIRED);
        });
        queue.expiresFrom = first(FIRST_EXPIRES);
        return moved;
    }

    private static final String DUE = """
            SELECT id, batch FROM cohort WHERE queue = ? AND state = 0 AND at <= ? ORDER BY at, id""";

    private static final String FIRST_DUE = """
            SELECT min(at) FROM cohort WHERE queue = ? AND state = 0""";

    private int promote() throws SQLException {
        if (now < queue.dueFrom) {
            return 0;
        }
        int moved = each(DUE, task -> {
            task.record().set(TaskRecord.TELLS_DUE, true);
            tx.makeReady(task, now);
        });
        queue.dueFrom = first(FIRST_DUE);
        return moved;
    }

    private static final String RUN_OUT = """
            SELECT id, batch FROM cohort WHERE queue = ? AND state = 2 AND deadline <= ? ORDER BY deadline""";

    private static final String FIRST_DEADLINE = """
            SELECT min(deadline) FROM cohort WHERE queue = ? AND state = 2""";

    private int reclaim() throws SQLException {
        if (now < queue.deadlineFrom) {
            return 0;
        }
        int moved = each(RUN_OUT, this::reclaim);
        queue.deadlineFrom = first(FIRST_DEADLINE);
        return moved;
    }

    /** The attempt is given back: only a handler's failure uses one up. */
    private void reclaim(Held task) throws SQLException {
        TaskRecord r = task.record();
        String type = task.type();
        boolean poison = r.crashes + 1 >= RetryPolicy.MAX_CRASHES;
        if (poison) {
            bury(task);
        } else {
            tx.tell(task, TaskState.READY, Cause.LEASE_EXPIRED, now, null);
        }
        r.attempts = Math.max(0, r.attempts - 1);
        r.crashes++;
        r.ending = Ending.EXPIRED;
        if (poison) {
            tx.move(task, TaskState.DEAD, now);
        } else {
            tx.makeReady(task, now);
        }
        tx.series.ended(queue, now, type, poison ? End.DEAD : End.LEASE_EXPIRED);
    }

    private void bury(Held task) throws SQLException {
        tx.tell(task, TaskState.DEAD, Cause.POISON, now, TaskError.POISON.message());
        tx.fail(task, TaskError.POISON, true, now);
    }

    private int each(String select, Step step) throws SQLException {
        List<Held> due = new ArrayList<>();
        tx.sql.each(
                select,
                row -> {
                    LiveBatch batch = tx.batches.ofSeq(row.getLong(2));
                    for (int index : batch.members(row.getLong(1))) {
                        due.add(tx.hold(batch, index));
                    }
                    return due.size() < limit;
                },
                queue.number,
                now);
        for (Held task : due) {
            step.take(task);
        }
        tx.cohorts.write();
        return due.size();
    }

    /** The next time that this has to be looked at. */
    private long first(String select) throws SQLException {
        Long first = tx.sql.first(select, row -> Statements.number(row, 1), queue.number);
        return first == null ? Long.MAX_VALUE : first;
    }
}
