package dev.millrace.storage.redis;

import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import java.util.Arrays;

/** The records of a batch, as keys.lua lays them out: runs of tasks with the same record. */
final class RecordPage {
    static final int FORMAT = 1;
    private static final int GONE = 2;

    private final TaskRecord[] records;

    private RecordPage(TaskRecord[] records) {
        this.records = records;
    }

    /** Null when there is no such batch, or none of its tasks is left. */
    static RecordPage read(byte[] bytes) {
        if (bytes == null || bytes[1] == GONE) {
            return null;
        }
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new IllegalStateException("A page of records has format " + format + "; this version reads format "
                    + FORMAT + ". Upgrade Millrace on this node.");
        }
        in.u8();
        TaskRecord[] records = new TaskRecord[in.u8()];
        in.u8();
        long at = in.u48();
        long seq = in.u32() & 0xFFFFFFFFL;
        in.u16();
        in.position(in.u16());
        for (int i = 0; i < records.length; ) {
            int end = i + in.u8();
            TaskRecord record = TaskRecord.read(in.bytes(TaskRecord.WIDTH));
            for (; i < end; i++) {
                records[i] = record == null ? null : record.placed(at, seq + i);
            }
        }
        return new RecordPage(records);
    }

    /** A batch came, but this task of it is not there. */
    static boolean lacks(byte[] bytes, int index) {
        RecordPage page = read(bytes);
        return page == null || page.record(index) == null;
    }

    /** Null where there is no task. */
    TaskRecord record(int index) {
        return index < records.length ? records[index] : null;
    }

    /** The runs of a batch that is to be submitted: all ready, with these flags. */
    static byte[] fresh(int[] flags) {
        ByteWriter out = new ByteWriter(TaskRecord.WIDTH + 1);
        for (int from = 0; from < flags.length; ) {
            int end = from + 1;
            while (end < flags.length && flags[end] == flags[from]) {
                end++;
            }
            out.u8(end - from);
            byte[] record = TaskRecord.fresh(flags[from]);
            out.bytes(record, record.length);
            from = end;
        }
        return out.toArray();
    }

    /** What each task has for good, line and size in 4 bytes; once for all where it is the same for all. */
    static byte[] infos(int[] lines, int[] sizes) {
        boolean alike = Arrays.stream(lines).distinct().count() == 1
                && Arrays.stream(sizes).distinct().count() == 1;
        ByteWriter out = new ByteWriter(4 * lines.length);
        for (int i = 0; i < (alike ? 1 : lines.length); i++) {
            out.u8(lines[i]);
            out.u8(sizes[i] >>> 16);
            out.u16(sizes[i]);
        }
        return out.toArray();
    }
}
