package dev.millrace.bench;

import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Marks;
import dev.millrace.task.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** The tasks of the bench: of one type, with a number each and as many bytes as asked for. */
final class Load {
    static final String TYPE = "bench.noop";
    static final int SMALLEST = 8;

    private static final TaskDraft.Sender SENDER = new TaskDraft.Sender(null, null, null, 0, false);

    private final int payloadBytes;

    Load(int payloadBytes) {
        this.payloadBytes = Math.max(SMALLEST, payloadBytes);
    }

    List<TaskDraft> drafts(int count) {
        return Collections.nCopies(count, draft(0));
    }

    /**
     * @param number 0 to 9,999,999
     */
    TaskDraft draft(int number) {
        String json = "1%07d".formatted(number) + "1".repeat(payloadBytes - SMALLEST);
        Payload payload = new Payload(json.getBytes(StandardCharsets.US_ASCII));
        return new TaskDraft(TYPE, null, payload, null, null, null, TaskOptions.NONE, null, Marks.NONE, SENDER);
    }

    /** The number that a task was made with. */
    static int number(Payload payload) {
        int number = 0;
        for (int i = 1; i < SMALLEST; i++) {
            number = number * 10 + payload.json()[i] - '0';
        }
        return number;
    }
}
