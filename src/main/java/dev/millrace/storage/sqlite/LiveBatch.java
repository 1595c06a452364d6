package dev.millrace.storage.sqlite;

import dev.millrace.task.BatchId;
import dev.millrace.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A batch and its records: as they are stored to those who look, as they will be to the writer. */
final class LiveBatch {
    static final String BY_SEQ = """
            SELECT seq, id, queue, gone, records FROM batch WHERE seq = ?""";
    static final String BY_ID = """
            SELECT seq, id, queue, gone, records FROM batch WHERE id = ?""";

    /** Task numbers are the batch's times this, plus the index. */
    static final int STRIDE = 128;

    final long seq;
    final BatchId id;
    final int queue;
    final TaskRecord[] records;
    final List<String> workers;
    /** When its last task was removed; null while there is one. */
    Long gone;

    boolean changed;

    LiveBatch(long seq, BatchId id, int queue, RecordCodec.Decoded decoded, Long gone) {
        this.seq = seq;
        this.id = id;
        this.queue = queue;
        this.records = decoded.records();
        this.workers = decoded.workers();
        this.gone = gone;
    }

    static LiveBatch submitted(long seq, BatchId id, int queue, TaskRecord[] records) {
        LiveBatch batch = new LiveBatch(seq, id, queue, new RecordCodec.Decoded(records, new ArrayList<>()), null);
        batch.changed = true;
        return batch;
    }

    /** Of what {@link #BY_SEQ} and {@link #BY_ID} select. */
    static LiveBatch read(ResultSet row) throws SQLException {
        BatchId id = BatchId.ofBytes(row.getBytes(2));
        RecordCodec.Decoded decoded = RecordCodec.decode(row.getBytes(5));
        return new LiveBatch(row.getLong(1), id, row.getInt(3), decoded, Statements.number(row, 4));
    }

    long task(int index) {
        return seq * STRIDE + index;
    }

    TaskId serverId(int index) {
        return id.at(index);
    }

    /** Null where there is no such task, or no more. */
    TaskRecord existing(int index) {
        return index < records.length && records[index].exists() ? records[index] : null;
    }

    /** The record's worker, or null. */
    String worker(TaskRecord record) {
        return record.worker == TaskRecord.NONE ? null : workers.get(record.worker);
    }

    int workerNumber(String name) {
        int at = workers.indexOf(name);
        if (at < 0) {
            workers.add(name);
            at = workers.size() - 1;
        }
        return at;
    }

    /** Indexes of those in a cohort, in order. */
    List<Integer> members(long cohort) {
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < records.length; i++) {
            if (records[i].cohort == cohort && records[i].exists()) {
                members.add(i);
            }
        }
        return members;
    }

    boolean hasMembers(long cohort) {
        for (TaskRecord record : records) {
            if (record.cohort == cohort && record.exists()) {
                return true;
            }
        }
        return false;
    }

    void rename(long cohort, long to) {
        for (TaskRecord record : records) {
            if (record.cohort == cohort) {
                record.cohort = to;
            }
        }
    }

    boolean empty() {
        for (TaskRecord record : records) {
            if (record.exists()) {
                return false;
            }
        }
        return true;
    }
}
