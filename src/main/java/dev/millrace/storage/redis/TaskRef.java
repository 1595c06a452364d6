package dev.millrace.storage.redis;

import dev.millrace.task.BatchId;
import dev.millrace.task.TaskId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** A task as the keys and scripts name it: 16 bytes of its batch, one of its index. */
record TaskRef(BatchId batch, int index) implements Comparable<TaskRef> {
    static final int LENGTH = 17;

    private static final Comparator<TaskRef> BY_BYTES = ((Comparator<TaskRef>)
                    (a, b) -> Long.compareUnsigned(a.batch.high(), b.batch.high()))
            .thenComparing((a, b) -> Long.compareUnsigned(a.batch.low(), b.batch.low()))
            .thenComparingInt(TaskRef::index);

    /** Of an id in the server's form; empty for any other. */
    static Optional<TaskRef> of(TaskId id) {
        return BatchId.of(id).map(batch -> new TaskRef(batch, BatchId.index(id)));
    }

    static TaskRef ofBytes(byte[] bytes, int at) {
        return new TaskRef(BatchId.ofBytes(Arrays.copyOfRange(bytes, at, at + 16)), bytes[at + 16] & 0xFF);
    }

    byte[] bytes() {
        byte[] bytes = Arrays.copyOf(batch.bytes(), LENGTH);
        bytes[16] = (byte) index;
        return bytes;
    }

    /** In the order of their bytes. */
    @Override
    public int compareTo(TaskRef other) {
        return BY_BYTES.compare(this, other);
    }

    /** The server's id of the task. */
    TaskId id() {
        return batch.at(index);
    }
}
