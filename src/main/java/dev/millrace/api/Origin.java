package dev.millrace.api;

import dev.millrace.access.Credential;
import dev.millrace.queue.TaskDraft;
import dev.millrace.task.TraceContext;
import io.vertx.core.MultiMap;
import java.util.regex.Pattern;

/**
 * What a request says about every task it submits.
 *
 * @param key null without an {@code Idempotency-Key}
 * @param trace null without a valid one
 * @param awaited the caller waits for the end
 */
record Origin(String queue, Credential credential, IdempotencyKey key, TraceContext trace, boolean awaited) {
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final Pattern TRACESTATE = Pattern.compile("[ -~]{1," + TraceContext.LONGEST_STATE + "}");

    /** Null unless its parent is one of W3C's: an invalid one starts no trace and is not kept; nor is a bad state. */
    static TraceContext trace(MultiMap headers) {
        String parent = headers.get("traceparent");
        if (parent == null || !TRACEPARENT.matcher(parent).matches()) {
            return null;
        }
        String state = String.join(",", headers.getAll("tracestate")).strip();
        return new TraceContext(parent, TRACESTATE.matcher(state).matches() ? state : null);
    }

    /** The draft with its sender. */
    TaskDraft sign(TaskDraft draft) {
        String dedupeKey = key == null ? null : key.dedupeKey(credential.id(), queue);
        TaskDraft.Sender sender =
                new TaskDraft.Sender(credential.id(), dedupeKey, trace, Fingerprint.of(queue, draft), awaited);
        return new TaskDraft(
                draft.type(),
                draft.destination(),
                draft.payload(),
                draft.name(),
                draft.runAt(),
                draft.expiresAt(),
                draft.options(),
                draft.unique(),
                draft.marks(),
                sender);
    }

    /** The same for one of many tasks of a request. */
    Origin at(int index) {
        return key == null ? this : new Origin(queue, credential, key.at(index), trace, awaited);
    }
}
