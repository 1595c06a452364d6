package dev.millrace.storage.sqlite;

import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.task.BatchId;
import dev.millrace.task.Details;
import dev.millrace.task.NewTask;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Puts tasks together from what is stored, in one look. */
final class Finding {
    private final Statements sql;
    private final SpecCache specs;
    private final Map<Integer, String> queues = new HashMap<>();
    private final Map<Long, LiveBatch> batches = new HashMap<>();

    Finding(Statements sql, SpecCache specs) {
        this.sql = sql;
        this.specs = specs;
    }

    /** A task's place and record. */
    record Found(LiveBatch batch, int index, TaskRecord record) {}

    /** Null when there is no such task. */
    Task find(TaskId id, boolean whole) throws SQLException {
        Found found = locate(id);
        Task bare = found == null ? null : bare(found);
        return bare == null ? null : detailed(found, bare, whole);
    }

    /** A task as it was when it was leased; null when its queue was deleted since. */
    Task leased(Leasing.Handed handed) throws SQLException {
        Task bare = bare(handed.found());
        return bare == null ? null : detailed(handed.found(), bare, false);
    }

    /** The same without a look at the file; null when that takes one. */
    static Task leased(Leasing.Handed handed, String queue, SpecCache specs) {
        Found found = handed.found();
        StoredBatch stored = found.record.has(TaskRecord.HAS_EXTRAS) ? null : specs.get(found.batch.id);
        return stored == null ? null : bare(found, stored, queue);
    }

    /** See {@link dev.millrace.queue.TaskStore#ahead}. */
    OptionalInt ahead(TaskId id, int limit) throws SQLException {
        Found found = locate(id);
        return found == null ? OptionalInt.empty() : new Ahead(sql, this).of(found, limit);
    }

    private Found locate(TaskId id) throws SQLException {
        BatchId made = BatchId.of(id).orElse(null);
        LiveBatch batch = made == null ? null : ofId(made);
        int index = made == null ? 0 : BatchId.index(id);
        if (batch == null || batch.existing(index) == null) {
            Names.Known known = Names.byName(sql, id);
            batch = known == null ? null : ofId(known.batch());
            index = known == null ? 0 : known.index();
        }
        TaskRecord record = batch == null ? null : batch.existing(index);
        return record == null ? null : new Found(batch, index, record);
    }

    /** Without details; null when its queue was deleted. */
    Task bare(Found found) throws SQLException {
        String queue = queue(found.batch.queue);
        StoredBatch stored = queue == null ? null : specs.read(sql, found.batch);
        return stored == null ? null : bare(found, stored, queue);
    }

    private static Task bare(Found found, StoredBatch stored, String queue) {
        LiveBatch batch = found.batch;
        NewTask task = stored.tasks().get(found.index);
        TaskId id = task.name() != null ? task.name() : batch.serverId(found.index);
        TaskRecord r = found.record;
        return new Task(id, queue, task.spec(), r.status(batch.worker(r)), Details.NONE);
    }

    /** With what belongs to it; history and log only if {@code whole}. */
    Task detailed(Found found, Task bare, boolean whole) throws SQLException {
        TaskRecord r = found.record;
        if (!whole && !r.has(TaskRecord.HAS_EXTRAS)) {
            return bare;
        }
        long task = found.batch.task(found.index);
        Payload edited = Extras.payload(sql, task, r, Extras.Kind.PAYLOAD);
        TaskSpec spec = edited == null ? bare.spec() : bare.spec().withPayload(edited);
        Details details = new Details(
                Extras.progress(sql, task, r),
                Extras.payload(sql, task, r, Extras.Kind.RESULT),
                Extras.error(sql, task, r),
                whole ? History.read(sql, task, r, found.batch.worker(r)) : List.of(),
                whole && r.has(TaskRecord.HAS_LOG) ? History.readLog(sql, task) : List.of());
        return new Task(bare.id(), bare.queue(), spec, bare.status(), details);
    }

    /** Null when there is none. */
    LiveBatch ofSeq(long seq) throws SQLException {
        LiveBatch known = batches.get(seq);
        if (known == null) {
            known = sql.first(LiveBatch.BY_SEQ, LiveBatch::read, seq);
            batches.put(seq, known);
        }
        return known;
    }

    private LiveBatch ofId(BatchId id) throws SQLException {
        LiveBatch found = sql.first(LiveBatch.BY_ID, LiveBatch::read, id.bytes());
        if (found != null) {
            batches.put(found.seq, found);
        }
        return found;
    }

    private static final String QUEUE = """
            SELECT name FROM queue WHERE number = ?""";

    private String queue(int number) throws SQLException {
        if (!queues.containsKey(number)) {
            queues.put(number, sql.first(QUEUE, row -> row.getString(1), number));
        }
        return queues.get(number);
    }
}
