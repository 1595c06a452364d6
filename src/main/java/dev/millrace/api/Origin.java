package dev.millrace.api;

import dev.millrace.access.Credential;
import dev.millrace.queue.TaskDraft;
import java.util.regex.Pattern;

/**
 * What a request says about every task it submits.
 *
 * @param key null without an {@code Idempotency-Key}
 * @param traceparent null without a valid one
 * @param awaited the caller waits for the end
 */
record Origin(String queue, Credential credential, IdempotencyKey key, String traceparent, boolean awaited) {
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** Null unless it is one of W3C's: an invalid one starts no trace and is not kept. */
    static String traceparent(String header) {
        return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
    }

    /** The draft with its sender. */
    TaskDraft sign(TaskDraft draft) {
        String dedupeKey = key == null ? null : key.dedupeKey(credential.id(), queue);
        TaskDraft.Sender sender =
                new TaskDraft.Sender(credential.id(), dedupeKey, traceparent, Fingerprint.of(queue, draft), awaited);
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
        return key == null ? this : new Origin(queue, credential, key.at(index), traceparent, awaited);
    }
}
