package dev.millrace.storage.sqlite;

import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Changed.Result;
import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.sqlite.TaskRecord.Ending;
import dev.millrace.storage.sqlite.Transaction.Held;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import dev.millrace.task.Unique;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes tasks from outside their leases. */
final class Changing implements Writer.Unit<List<Changed>> {
    private final List<Change> changes;
    private final long now;

    Changing(List<Change> changes, Instant now) {
        this.changes = changes;
        this.now = now.toEpochMilli();
    }

    @Override
    public List<Changed> run(Transaction tx) throws SQLException {
        List<Changed> answers = new ArrayList<>(changes.size());
        for (Change change : changes) {
            Held task = tx.findPublic(change.id());
            answers.add(task == null ? new Changed(Result.NOT_FOUND, null) : change(tx, task, change));
        }
        return answers;
    }

    private Changed change(Transaction tx, Held task, Change change) throws SQLException {
        TaskRecord r = task.record();
        if (change.ifRevision() != null && change.ifRevision() != r.revision) {
            return new Changed(Result.STALE, r.state());
        }
        Result result = switch (change) {
            case Change.Cancel c -> cancel(tx, task);
            case Change.Retry c -> retry(tx, task, c.payload());
            case Change.RunNow c -> runNow(tx, task);
            case Change.Delete c -> delete(tx, task);
        };
        return new Changed(result, r.exists() ? r.state() : null);
    }

    private Result cancel(Transaction tx, Held task) throws SQLException {
        if (task.record().state().terminal()) {
            return Result.ILLEGAL;
        }
        tx.cancel(task, Cause.CANCELLED, now);
        return Result.DONE;
    }

    private Result runNow(Transaction tx, Held task) throws SQLException {
        if (!task.record().is(TaskState.SCHEDULED)) {
            return Result.ILLEGAL;
        }
        tx.tell(task, TaskState.READY, Cause.RUN_NOW, now, null);
        task.record().runAt = now;
        tx.makeReady(task, now);
        return Result.DONE;
    }

    private Result delete(Transaction tx, Held task) throws SQLException {
        if (!task.record().state().terminal()) {
            return Result.ILLEGAL;
        }
        tx.remove(task, now);
        return Result.DONE;
    }

    private Result retry(Transaction tx, Held task, Payload payload) throws SQLException {
        TaskRecord r = task.record();
        if (!r.state().terminal()) {
            return Result.ILLEGAL;
        }
        TaskSpec spec = spec(tx, task);
        if (spec.unique() != null && !claim(tx, task, spec.unique())) {
            return Result.UNIQUE_TAKEN;
        }
        Instant at = Instant.ofEpochMilli(now);
        Event event = new Event(at, TaskState.READY, Cause.MANUAL_RETRY, 0, null, null);
        tx.history.write(task.batch(), task.index(), event);
        if (payload != null) {
            tx.extras.put(task.batch(), task.index(), Extras.Kind.PAYLOAD, Extras.encode(payload));
            resize(task, spec.withPayload(payload).size());
        }
        tx.extras.put(task.batch(), task.index(), Extras.Kind.RESULT, null);
        tx.extras.put(task.batch(), task.index(), Extras.Kind.PROGRESS, null);
        if (r.has(TaskRecord.NAMED | TaskRecord.KEYED)) {
            tx.names.setEnded(task.task(), null);
        }
        startAnew(r);
        r.lane = tx.queues.lane(task.queue(), spec.lane(), tx.sequence).number;
        tx.makeReady(task, now);
        return Result.DONE;
    }

    /** The generation goes on, and no token of before is worth anything. */
    private static void startAnew(TaskRecord r) {
        r.attempts = 0;
        r.crashes = 0;
        r.expiresAt = TaskRecord.NONE;
        r.ending = Ending.CUT;
    }

    private static void resize(Held task, long size) {
        task.queue().count(task.record(), -1);
        task.record().size = size;
        task.queue().count(task.record(), 1);
    }

    private static final String SPEC = """
            SELECT data FROM spec WHERE batch = ?""";

    private static TaskSpec spec(Transaction tx, Held task) throws SQLException {
        byte[] data = tx.sql.first(SPEC, row -> row.getBytes(1), task.batch().seq);
        return BatchCodec.decode(data).spec(task.index());
    }

    /** False when another live task holds the key. */
    private boolean claim(Transaction tx, Held task, Unique unique) throws SQLException {
        int queue = task.queue().number;
        Names.Claim present = tx.names.claim(queue, unique.key());
        if (present != null && present.task() != task.task() && present.holdsAt(now)) {
            return false;
        }
        Long until = unique.ttl() == null ? null : now + unique.ttl().toMillis();
        tx.names.putClaim(queue, unique.key(), new Names.Claim(task.task(), until));
        return true;
    }
}
