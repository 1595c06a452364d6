package dev.millrace.storage.redis;

import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The records of a batch, as keys.lua lays them out: runs of tasks with the same record. */
final class RecordPage {
    static final int FORMAT = 1;
    private static final int GONE = 2;

    /** Of a batch that is not there. */
    static final RecordPage EMPTY = new RecordPage(List.of(), 0, 0);

    private final List<Run> runs;
    private final long at;
    private final long seq;

    private RecordPage(List<Run> runs, long at, long seq) {
        this.runs = runs;
        this.at = at;
        this.seq = seq;
    }

    /**
     * Tasks that follow each other and have the same record.
     *
     * @param end exclusive
     * @param record without what a task has of its batch; null where there are no tasks
     */
    record Run(int from, int end, TaskRecord record) {}

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
        int size = in.u8();
        in.u8();
        long at = in.u48();
        long seq = in.u32() & 0xFFFFFFFFL;
        in.u16();
        in.position(in.u16());
        List<Run> runs = new ArrayList<>();
        for (int from = 0; from < size; from = runs.getLast().end()) {
            int end = from + in.u8();
            runs.add(new Run(from, end, TaskRecord.read(in.bytes(TaskRecord.WIDTH))));
        }
        return new RecordPage(runs, at, seq);
    }

    /** The first tasks of the batch first. */
    List<Run> runs() {
        return runs;
    }

    /** A batch came, but this task of it is not there. */
    static boolean lacks(byte[] bytes, int index) {
        RecordPage page = read(bytes);
        return page == null || page.record(index) == null;
    }

    /** Null where there is no task. */
    TaskRecord record(int index) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (index < runs.get(middle).end()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        TaskRecord found = low < runs.size() ? runs.get(low).record() : null;
        return found == null ? null : found.placed(at, seq + index);
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
