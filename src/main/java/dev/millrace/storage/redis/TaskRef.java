package dev.millrace.storage.redis;

import dev.millrace.task.BatchId;
import dev.millrace.task.TaskId;
import java.util.Arrays;
import java.util.Optional;

/** A task as the keys and scripts name it: 16 bytes of its batch, one of its index. */
record TaskRef(BatchId batch, int index) {
    static final int LENGTH = 17;

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

    /** The server's id of the task. */
    TaskId id() {
        return batch.at(index);
    }
}
