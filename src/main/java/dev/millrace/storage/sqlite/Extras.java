package dev.millrace.storage.sqlite;

import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.TaskError;
import java.sql.SQLException;

/** What only some tasks have: a result, an error, an edited payload, progress; and how a refused task was answered. */
final class Extras {
    private static final int KINDS = 8;
    private static final int PERCENT = 1;
    private static final int MESSAGE = 1 << 1;

    private final Statements sql;

    Extras(Statements sql) {
        this.sql = sql;
    }

    /** What can be kept beside a task; stored by code, with the flag of the record that says that it is there. */
    enum Kind {
        RESULT(0, TaskRecord.HAS_RESULT),
        ERROR(1, TaskRecord.HAS_ERROR),
        PAYLOAD(2, TaskRecord.HAS_PAYLOAD),
        PROGRESS(3, TaskRecord.HAS_PROGRESS),
        REFUSAL(4, 0);

        private final int code;
        private final int flag;

        Kind(int code, int flag) {
            this.code = code;
            this.flag = flag;
        }
    }

    private static final String PUT = """
            INSERT INTO extra (key, data) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET data = excluded.data""";

    private static final String DELETE = """
            DELETE FROM extra WHERE key = ?""";

    private static final String DELETE_ALL = """
            DELETE FROM extra WHERE key BETWEEN ? AND ?""";

    private static final String GET = """
            SELECT data FROM extra WHERE key = ?""";

    /** Null takes away what was there. */
    void put(LiveBatch batch, int index, Kind kind, byte[] data) throws SQLException {
        TaskRecord record = batch.records[index];
        long key = batch.task(index) * KINDS + kind.code;
        if (data != null) {
            sql.update(PUT, key, data);
        } else if (record.has(kind.flag)) {
            sql.update(DELETE, key);
        }
        record.set(kind.flag, data != null);
    }

    void delete(long task) throws SQLException {
        sql.update(DELETE_ALL, task * KINDS, task * KINDS + KINDS - 1);
    }

    /** All that a batch has, the answers to its refused tasks included. */
    static void deleteOf(Statements sql, long batch) throws SQLException {
        long first = batch * LiveBatch.STRIDE * KINDS;
        sql.update(DELETE_ALL, first, first + LiveBatch.STRIDE * KINDS - 1);
    }

    /** Null when there is none. */
    static byte[] get(Statements sql, long task, Kind kind) throws SQLException {
        return sql.first(GET, row -> row.getBytes(1), task * KINDS + kind.code);
    }

    static byte[] encode(Payload payload) {
        return payload == null ? null : BatchCodec.encode(payload);
    }

    /** With its fingerprint, so that the group of a dead task is known when it leaves; older ones have none. */
    static byte[] encode(TaskError error, String fingerprint) {
        ByteWriter out = new ByteWriter(error.message().length() + 48);
        out.text(error.type());
        out.text(error.message());
        out.text(fingerprint);
        return out.toArray();
    }

    static byte[] encode(Progress progress) {
        ByteWriter out = new ByteWriter(32);
        out.u8((progress.percent() != null ? PERCENT : 0) | (progress.message() != null ? MESSAGE : 0));
        if (progress.percent() != null) {
            out.u8(progress.percent());
        }
        if (progress.message() != null) {
            out.text(progress.message());
        }
        return out.toArray();
    }

    static Payload payload(Statements sql, long task, TaskRecord record, Kind kind) throws SQLException {
        byte[] data = record.has(kind.flag) ? get(sql, task, kind) : null;
        return data == null ? null : BatchCodec.decodePayload(data);
    }

    static TaskError error(Statements sql, long task, TaskRecord record) throws SQLException {
        byte[] data = record.has(TaskRecord.HAS_ERROR) ? get(sql, task, Kind.ERROR) : null;
        if (data == null) {
            return null;
        }
        ByteReader in = new ByteReader(data);
        return new TaskError(in.text(), in.text());
    }

    /** Of its present error; null when it has none, or one that was kept without. */
    static String fingerprint(Statements sql, long task, TaskRecord record) throws SQLException {
        byte[] data = record.has(TaskRecord.HAS_ERROR) ? get(sql, task, Kind.ERROR) : null;
        if (data == null) {
            return null;
        }
        ByteReader in = new ByteReader(data);
        in.text();
        in.text();
        return in.atEnd() ? null : in.text();
    }

    static Progress progress(Statements sql, long task, TaskRecord record) throws SQLException {
        byte[] data = record.has(TaskRecord.HAS_PROGRESS) ? get(sql, task, Kind.PROGRESS) : null;
        if (data == null) {
            return null;
        }
        ByteReader in = new ByteReader(data);
        int flags = in.u8();
        Integer percent = (flags & PERCENT) != 0 ? in.u8() : null;
        return new Progress(percent, (flags & MESSAGE) != 0 ? in.text() : null);
    }
}
