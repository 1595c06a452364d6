package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** One run of a bulk push to a queue. */
final class Push extends BulkRun {
    private final String queue;
    private final TaskText text;
    private long accepted;

    Push(String queue, String keys, TaskText text, Sender sender) {
        super(keys, sender);
        this.queue = queue;
        this.text = text;
    }

    @Override
    long accepted() {
        return accepted;
    }

    @Override
    void take(byte[] line, long number) {
        ByteArrayOutputStream task = new ByteArrayOutputStream(line.length + 64);
        String wrong = text.write(line, task);
        if (wrong == null) {
            submit(queue, task.toByteArray(), number);
        } else {
            refuse(number, wrong);
        }
    }

    @Override
    void answered(List<JsonNode> results, Chunk sent) {
        for (JsonNode result : results) {
            if (ChunkAnswer.accepted(result)) {
                accepted++;
            } else {
                refuse(sent, result);
            }
        }
    }

    @Override
    String again() {
        return again(keys());
    }

    static String again(String key) {
        return "With --idempotency-key " + key + " and the same input the whole can be repeated.";
    }
}
