package dev.millrace.storage.redis;

import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.TaskState;
import java.util.Arrays;

/**
 * The part of a task that changes, as keys.lua packs it. Times in milliseconds, 0 for none.
 *
 * @param flags see {@link Flags}
 * @param at when it became ready
 * @param seq with {@code at} its place in the line; after the end, with {@code until}, that in the list of ends
 * @param due 0 until it was scheduled
 * @param until deadline while running, end when it ended
 * @param worker number of the last worker; 0 before the first
 */
record TaskRecord(
        TaskState state,
        int flags,
        int generation,
        int attempts,
        int crashes,
        long revision,
        long at,
        long seq,
        long due,
        long started,
        long until,
        int worker) {
    static final int WIDTH = 44;
    static final int ABSENT = 255;

    /** Null where there is no task any more. */
    static TaskRecord read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int state = in.u8();
        if (state == ABSENT) {
            return null;
        }
        return new TaskRecord(
                TaskState.ofCode(state & 7),
                in.u16(),
                in.u32(),
                in.u8(),
                in.u8(),
                in.u32() & 0xFFFFFFFFL,
                in.u48(),
                in.u32() & 0xFFFFFFFFL,
                in.u48(),
                in.u48(),
                in.u48(),
                u24(in));
    }

    /** Of a task that is ready since its batch came, with revision 1. */
    static byte[] fresh(int flags) {
        ByteWriter out = new ByteWriter(WIDTH);
        out.u8(TaskState.READY.code());
        out.u16(flags);
        out.u32(0);
        out.u16(0);
        out.u32(1);
        return Arrays.copyOf(out.toArray(), WIDTH);
    }

    /** With the position spelt out that the task got with its batch, unless it has one of its own. */
    TaskRecord placed(long batchAt, long batchSeq) {
        return new TaskRecord(
                state,
                flags,
                generation,
                attempts,
                crashes,
                revision,
                at == 0 && due == 0 ? batchAt : at,
                seq == 0 ? batchSeq : seq,
                due,
                started,
                until,
                worker);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    static int u24(ByteReader in) {
        return in.u16() << 8 | in.u8();
    }
}
