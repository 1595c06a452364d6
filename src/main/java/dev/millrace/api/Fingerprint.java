package dev.millrace.api;

import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Backoff;
import dev.millrace.task.BatchId;
import dev.millrace.task.TaskId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A 64-bit hash of what a submission asks for, to tell a repeat from something else under the same name. It does not
 * depend on the order of members or on whitespace outside the payload. Stores keep it: it must never change.
 */
final class Fingerprint {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long hash = MULTIPLIER;

    private Fingerprint() {}

    static long of(String queue, TaskDraft draft) {
        Fingerprint print = new Fingerprint();
        print.text(queue);
        print.text(draft.type());
        print.bytes(draft.payload().json());
        print.text(isChosen(draft.name()) ? draft.name().value() : null);
        print.time(draft.runAt());
        print.time(draft.expiresAt());
        print.options(draft.options());
        print.number(draft.unique() == null ? 0 : 1);
        if (draft.unique() != null) {
            print.text(draft.unique().key());
            print.duration(draft.unique().ttl());
            print.number(draft.unique().mode().ordinal());
        }
        print.number(draft.marks().tags().size());
        draft.marks().tags().forEach(print::text);
        long labels = 0;
        for (Map.Entry<String, String> label : draft.marks().labels().entrySet()) {
            Fingerprint one = new Fingerprint();
            one.text(label.getKey());
            one.text(label.getValue());
            labels += one.hash;
        }
        print.number(labels);
        if (draft.destination() != null) {
            print.text(draft.destination());
        }
        return print.hash;
    }

    /** One that was made here comes back when an answer was lost, with what was sent without it. */
    private static boolean isChosen(TaskId name) {
        return name != null && BatchId.of(name).isEmpty();
    }

    private void options(TaskOptions options) {
        number(options.priority() == null ? -1 : options.priority());
        duration(options.delay());
        duration(options.ttl());
        duration(options.timeout());
        number(options.maxAttempts() == null ? -1 : options.maxAttempts());
        duration(options.retention());
        Backoff backoff = options.backoff();
        number(backoff == null ? 0 : 1);
        if (backoff != null) {
            number(backoff.kind().ordinal());
            duration(backoff.base());
            number(Double.doubleToLongBits(backoff.factor()));
            duration(backoff.max());
            number(backoff.jitter().ordinal());
        }
    }

    private void time(Instant time) {
        number(time == null ? -1 : time.toEpochMilli());
    }

    private void duration(Duration duration) {
        number(duration == null ? -1 : duration.toMillis());
    }

    private void text(String text) {
        if (text == null) {
            number(-1);
        } else {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void bytes(byte[] bytes) {
        number(bytes.length);
        int i = 0;
        for (; i + 8 <= bytes.length; i += 8) {
            number((long) WORDS.get(bytes, i));
        }
        long rest = 0;
        for (; i < bytes.length; i++) {
            rest = rest << 8 | (bytes[i] & 0xFF);
        }
        number(rest);
    }

    private void number(long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        hash = mixed ^ (mixed >>> 32);
    }
}
