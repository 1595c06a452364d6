package dev.millrace.queue;

import dev.millrace.task.Marks;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskId;
import dev.millrace.task.TraceContext;
import dev.millrace.task.Unique;
import java.time.Instant;
import java.util.Objects;

/**
 * A submission as it was asked for, before the queue's defaults.
 *
 * @param destination null when workers are to run it
 * @param name the client's own id; null for none
 * @param runAt in place of the options' delay; null for none
 * @param expiresAt in place of the options' ttl; null for none
 * @param unique null for none
 */
public record TaskDraft(
        String type,
        String destination,
        Payload payload,
        TaskId name,
        Instant runAt,
        Instant expiresAt,
        TaskOptions options,
        Unique unique,
        Marks marks,
        Sender sender) {
    /** A task of a type with a payload, and nothing else said. */
    public static TaskDraft of(String type, Payload payload) {
        Sender nobody = new Sender(null, null, null, Objects.hash(type, payload), false);
        return new TaskDraft(type, null, payload, null, null, null, TaskOptions.NONE, null, Marks.NONE, nobody);
    }

    /** Whether it is told from others when it comes again. */
    boolean isRecognised() {
        return name != null || sender.dedupeKey() != null;
    }

    /** The same under a name. */
    public TaskDraft named(TaskId id) {
        return new TaskDraft(type, destination, payload, id, runAt, expiresAt, options, unique, marks, sender);
    }

    /**
     * Who submits, and how.
     *
     * @param credential id of the API key; null on an open loopback server
     * @param dedupeKey see {@link dev.millrace.task.NewTask}; null for none
     * @param trace null for none
     * @param fingerprint of the content
     * @param awaited the caller waits for the end
     */
    public record Sender(String credential, String dedupeKey, TraceContext trace, long fingerprint, boolean awaited) {}
}
