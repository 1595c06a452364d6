package dev.millrace.storage.redis;

import dev.millrace.storage.record.ByteReader;
import dev.millrace.task.TaskState;

/** The records of a batch, as record.lua lays them out: full, or fresh (all ready, nothing has happened to them yet). */
final class RecordPage {
    static final int FORMAT = 1;
    private static final int FRESH = 0;
    private static final int GONE = 2;
    private static final int FRESH_WIDTH = 6;

    private final byte[] bytes;
    private final int form;
    private final int count;
    private final int offset;
    private final long at;
    private final long seq;

    private RecordPage(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new IllegalStateException("A page of records has format " + format + "; this version reads format "
                    + FORMAT + ". Upgrade Millrace on this node.");
        }
        this.bytes = bytes;
        this.form = in.u8();
        this.count = in.u8();
        in.u8();
        this.offset = in.u16();
        this.at = TaskRecord.u48(in);
        this.seq = in.u32() & 0xFFFFFFFFL;
    }

    /** Null when there is no such batch, or none of its tasks is left. */
    static RecordPage read(byte[] bytes) {
        return bytes == null || bytes[1] == GONE ? null : new RecordPage(bytes);
    }

    int count() {
        return count;
    }

    /** Null where there is no task. */
    TaskRecord record(int index) {
        if (index >= count) {
            return null;
        }
        if (form != FRESH) {
            return TaskRecord.read(bytes, offset + TaskRecord.WIDTH * index);
        }
        ByteReader in = new ByteReader(bytes);
        in.position(offset + FRESH_WIDTH * index);
        int flags = in.u16();
        in.u8();
        return new TaskRecord(TaskState.READY, flags, 0, 0, 0, 1, at, seq + index, 0, 0, 0, 0, TaskRecord.u24(in));
    }
}
