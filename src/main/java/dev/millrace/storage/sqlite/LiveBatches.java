package dev.millrace.storage.sqlite;

import dev.millrace.task.BatchId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * The batches that the writer works on. It is the only one to change them, so those used last stay in memory from one
 * transaction to the next, and each is written once per transaction.
 */
final class LiveBatches {
    private static final int KEPT_TASKS = 32_768;

    private final Statements sql;
    private final Map<Long, LiveBatch> bySeq = new LinkedHashMap<>(256, 0.75f, true);
    private final Map<BatchId, Long> seqs = new HashMap<>();
    private final List<LiveBatch> changed = new ArrayList<>();
    private int tasks;

    LiveBatches(Statements sql) {
        this.sql = sql;
    }

    /** Null when there is none. */
    LiveBatch ofSeq(long seq) throws SQLException {
        LiveBatch kept = bySeq.get(seq);
        return kept != null ? kept : keep(sql.first(LiveBatch.BY_SEQ, LiveBatch::read, seq));
    }

    /** Null when there is none. */
    LiveBatch ofId(BatchId id) throws SQLException {
        Long seq = seqs.get(id);
        return seq != null ? ofSeq(seq) : keep(sql.first(LiveBatch.BY_ID, LiveBatch::read, id.bytes()));
    }

    private static final String INSERT = """
            INSERT INTO batch (seq, id, queue, oldest, newest, records) VALUES (?, ?, ?, ?, ?, ?)""";

    private static final String INSERT_SPEC = """
            INSERT INTO spec (batch, data) VALUES (?, ?)""";

    /** Stores a kept batch whose records are complete. */
    void add(LiveBatch batch, LongSummaryStatistics createdAt, byte[] specs) throws SQLException {
        byte[] records = RecordCodec.encode(batch.records, batch.workers);
        sql.update(INSERT, batch.seq, batch.id.bytes(), batch.queue, createdAt.getMin(), createdAt.getMax(), records);
        sql.update(INSERT_SPEC, batch.seq, specs);
        batch.changed = false;
    }

    /** Must be called for every batch whose records are written to. */
    void touch(LiveBatch batch) {
        if (!batch.changed) {
            batch.changed = true;
            changed.add(batch);
        }
    }

    private static final String DELETE_SPEC = """
            DELETE FROM spec WHERE batch = ?""";

    /** The last task is gone: only the trace stays that tells a repeat. */
    void bury(LiveBatch batch, long now) throws SQLException {
        batch.gone = now;
        touch(batch);
        sql.update(DELETE_SPEC, batch.seq);
    }

    private static final String UPDATE = """
            UPDATE batch SET records = ?, gone = ? WHERE seq = ?""";

    void write() throws SQLException {
        for (LiveBatch batch : changed) {
            sql.update(UPDATE, RecordCodec.encode(batch.records, batch.workers), batch.gone, batch.seq);
            batch.changed = false;
        }
        changed.clear();
        trim();
    }

    /** After a rollback nothing in memory can be relied on. */
    void forget() {
        bySeq.clear();
        seqs.clear();
        changed.clear();
        tasks = 0;
    }

    /** Its row was removed. */
    void forget(LiveBatch batch) {
        if (bySeq.remove(batch.seq) != null) {
            seqs.remove(batch.id);
            tasks -= batch.records.length;
        }
    }

    /** From now on the batch is found; null is none. */
    LiveBatch keep(LiveBatch batch) {
        if (batch != null) {
            bySeq.put(batch.seq, batch);
            seqs.put(batch.id, batch.seq);
            tasks += batch.records.length;
        }
        return batch;
    }

    private void trim() {
        Iterator<LiveBatch> oldest = bySeq.values().iterator();
        while (tasks > KEPT_TASKS && oldest.hasNext()) {
            LiveBatch batch = oldest.next();
            oldest.remove();
            seqs.remove(batch.id);
            tasks -= batch.records.length;
        }
    }
}
