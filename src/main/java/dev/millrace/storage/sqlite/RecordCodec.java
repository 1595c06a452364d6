package dev.millrace.storage.sqlite;

import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a batch as bytes: format, the workers' names, then runs of records that are alike, each as its length
 * and the differences to the record before. Tasks that were submitted, leased and completed together take some 40 bytes
 * together.
 */
final class RecordCodec {
    private static final int FORMAT = 1;
    private static final int FIELDS = 20;

    private RecordCodec() {}

    static byte[] encode(TaskRecord[] records, List<String> workers) {
        List<String> used = new ArrayList<>(workers.size());
        long[][] rows = new long[records.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = fields(records[i], worker(records[i], workers, used));
        }
        ByteWriter out = new ByteWriter(128);
        out.u8(FORMAT);
        out.varint(used.size());
        used.forEach(out::text);
        out.varint(records.length);
        long[] before = new long[FIELDS];
        for (int i = 0; i < rows.length; ) {
            int end = i + 1;
            while (end < rows.length && Arrays.equals(rows[i], rows[end])) {
                end++;
            }
            out.varint(end - i);
            writeDifference(out, before, rows[i]);
            before = rows[i];
            i = end;
        }
        return out.toArray();
    }

    static Decoded decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new IllegalStateException("Records have format " + format + "; this version reads " + FORMAT);
        }
        List<String> workers = new ArrayList<>();
        for (long n = in.varint(); n > 0; n--) {
            workers.add(in.text());
        }
        TaskRecord[] records = new TaskRecord[(int) in.varint()];
        long[] row = new long[FIELDS];
        for (int i = 0; i < records.length; ) {
            int end = i + (int) in.varint();
            readDifference(in, row);
            while (i < end) {
                records[i++] = record(row);
            }
        }
        return new Decoded(records, workers);
    }

    /** The worker's place among those still named by a record, so that the list does not grow with every attempt. */
    private static long worker(TaskRecord record, List<String> workers, List<String> used) {
        if (record.worker == TaskRecord.NONE) {
            return TaskRecord.NONE;
        }
        String name = workers.get(record.worker);
        int at = used.indexOf(name);
        if (at < 0) {
            used.add(name);
            at = used.size() - 1;
        }
        return at;
    }

    private static long[] fields(TaskRecord r, long worker) {
        return new long[] {
            r.state,
            r.ending.ordinal(),
            r.flags,
            r.generation,
            r.attempts,
            r.crashes,
            r.revision,
            r.cohort,
            r.lane,
            r.priority,
            r.size,
            r.createdAt,
            r.readyAt,
            r.runAt,
            r.startedAt,
            r.finishedAt,
            r.deadline,
            r.expiresAt,
            r.keep,
            worker
        };
    }

    private static TaskRecord record(long[] row) {
        TaskRecord r = new TaskRecord();
        r.state = (int) row[0];
        r.ending = TaskRecord.Ending.ofOrdinal((int) row[1]);
        r.flags = (int) row[2];
        r.generation = (int) row[3];
        r.attempts = (int) row[4];
        r.crashes = (int) row[5];
        r.revision = row[6];
        r.cohort = row[7];
        r.lane = row[8];
        r.priority = (int) row[9];
        r.size = row[10];
        r.createdAt = row[11];
        r.readyAt = row[12];
        r.runAt = row[13];
        r.startedAt = row[14];
        r.finishedAt = row[15];
        r.deadline = row[16];
        r.expiresAt = row[17];
        r.keep = row[18];
        r.worker = (int) row[19];
        return r;
    }

    private static void writeDifference(ByteWriter out, long[] before, long[] row) {
        for (int i = 0; i < FIELDS; i++) {
            long difference = row[i] - before[i];
            out.varint(difference << 1 ^ difference >> 63);
        }
    }

    private static void readDifference(ByteReader in, long[] row) {
        for (int i = 0; i < FIELDS; i++) {
            long zigzag = in.varint();
            row[i] += zigzag >>> 1 ^ -(zigzag & 1);
        }
    }

    /** What was read; the list may be added to. */
    record Decoded(TaskRecord[] records, List<String> workers) {}
}
