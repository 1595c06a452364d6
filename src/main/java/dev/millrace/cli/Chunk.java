package dev.millrace.cli;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Tasks that are submitted with one request, as NDJSON. */
final class Chunk {
    /** Small enough that progress is seen, large enough that the round trip does not matter. */
    static final int TASKS = 2_000;

    /** What a bulk request may carry. */
    static final int BYTES = 16 * 1024 * 1024;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream(64 * 1024);
    private final List<Long> lines = new ArrayList<>();

    /** Whether one more of this size still fits. An empty chunk takes anything. */
    boolean takes(int bytes) {
        return lines.isEmpty() || (lines.size() < TASKS && body.size() + bytes < BYTES);
    }

    /**
     * @param line where it came from, for messages
     */
    void add(byte[] task, long line) {
        body.writeBytes(task);
        body.write('\n');
        lines.add(line);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    int size() {
        return lines.size();
    }

    byte[] body() {
        return body.toByteArray();
    }

    /** The line that the task at this index came from. */
    long line(int index) {
        return lines.get(index);
    }
}
