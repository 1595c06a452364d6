package dev.millrace.storage.record;

import dev.millrace.task.Backoff;
import dev.millrace.task.Marks;
import dev.millrace.task.NewTask;
import dev.millrace.task.Origin;
import dev.millrace.task.Payload;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.Timing;
import dev.millrace.task.TraceContext;
import dev.millrace.task.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One spec: a word of flags for what is not as usual, the usual parts, the unusual ones, the payload. */
final class SpecCodec {
    /** The payload's codec: the bytes as they were sent. */
    static final byte PLAIN = 0;

    private static final int NAME = 1;
    private static final int DEDUPE = 1 << 1;
    private static final int RUN_AT = 1 << 2;
    private static final int EXPIRES = 1 << 3;
    private static final int TIMEOUT = 1 << 4;
    private static final int RETENTION = 1 << 5;
    private static final int RETRY = 1 << 6;
    private static final int UNIQUE = 1 << 7;
    private static final int MARKS = 1 << 8;
    private static final int CREATED_BY = 1 << 9;
    private static final int TRACE = 1 << 10;
    private static final int AWAITED = 1 << 11;
    private static final int DESTINATION = 1 << 12;

    private SpecCodec() {}

    static void write(ByteWriter out, Strings strings, NewTask task) {
        TaskSpec spec = task.spec();
        int flags = flags(task);
        out.u16(flags);
        out.u8(spec.priority());
        out.varint(strings.index(spec.type()));
        out.varint(spec.origin().createdAt().toEpochMilli());
        out.u64(spec.origin().fingerprint());
        if ((flags & NAME) != 0) {
            out.text(task.name().value());
        }
        if ((flags & DEDUPE) != 0) {
            out.text(task.dedupeKey());
        }
        writeTiming(out, flags, spec.timing());
        if ((flags & RETRY) != 0) {
            writeRetry(out, spec.retry());
        }
        if ((flags & UNIQUE) != 0) {
            writeUnique(out, spec.unique());
        }
        if ((flags & MARKS) != 0) {
            writeMarks(out, strings, spec.marks());
        }
        writeOrigin(out, strings, flags, spec.origin());
        if ((flags & DESTINATION) != 0) {
            out.varint(strings.index(spec.destination()));
        }
        writePayload(out, spec.payload());
    }

    private static void writeOrigin(ByteWriter out, Strings strings, int flags, Origin origin) {
        if ((flags & CREATED_BY) != 0) {
            out.varint(strings.index(origin.createdBy()));
        }
        if ((flags & TRACE) != 0) {
            out.text(trace(origin.trace()));
        }
    }

    /** The parent, and its state behind a space: parents hold none. */
    private static String trace(TraceContext trace) {
        return trace.state() == null ? trace.parent() : trace.parent() + ' ' + trace.state();
    }

    private static TraceContext trace(String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? new TraceContext(text, null)
                : new TraceContext(text.substring(0, space), text.substring(space + 1));
    }

    private static void writePayload(ByteWriter out, Payload payload) {
        out.u8(PLAIN);
        out.varint(payload.size());
        out.bytes(payload.json(), payload.size());
    }

    static NewTask read(ByteReader in, List<String> strings) {
        int flags = in.u16();
        int priority = in.u8();
        String type = strings.get((int) in.varint());
        Instant createdAt = Instant.ofEpochMilli(in.varint());
        long fingerprint = in.u64();
        TaskId name = (flags & NAME) != 0 ? new TaskId(in.text()) : null;
        String dedupeKey = (flags & DEDUPE) != 0 ? in.text() : null;
        Timing timing = readTiming(in, flags);
        RetryPolicy retry = (flags & RETRY) != 0 ? readRetry(in) : RetryPolicy.DEFAULT;
        Unique unique = (flags & UNIQUE) != 0 ? readUnique(in) : null;
        Marks marks = (flags & MARKS) != 0 ? readMarks(in, strings) : Marks.NONE;
        String createdBy = (flags & CREATED_BY) != 0 ? strings.get((int) in.varint()) : null;
        TraceContext trace = (flags & TRACE) != 0 ? trace(in.text()) : null;
        String destination = (flags & DESTINATION) != 0 ? strings.get((int) in.varint()) : null;
        requirePlain((byte) in.u8());
        Payload payload = new Payload(in.bytes((int) in.varint()));
        Origin origin = new Origin(createdAt, createdBy, trace, fingerprint, (flags & AWAITED) != 0);
        return new NewTask(
                name,
                dedupeKey,
                new TaskSpec(type, destination, payload, priority, timing, retry, unique, marks, origin));
    }

    static void requirePlain(byte codec) {
        if (codec != PLAIN) {
            throw new IllegalStateException("A payload has codec " + codec
                    + ", which this version does not know. Upgrade Millrace on this node.");
        }
    }

    private static int flags(NewTask task) {
        TaskSpec spec = task.spec();
        Timing timing = spec.timing();
        int flags = spec.origin().awaited() ? AWAITED : 0;
        flags |= task.name() != null ? NAME : 0;
        flags |= task.dedupeKey() != null ? DEDUPE : 0;
        flags |= timing.runAt() != null ? RUN_AT : 0;
        flags |= timing.expiresAt() != null ? EXPIRES : 0;
        flags |= !timing.timeout().equals(Timing.DEFAULT_TIMEOUT) ? TIMEOUT : 0;
        flags |= timing.retention() != null ? RETENTION : 0;
        flags |= !spec.retry().equals(RetryPolicy.DEFAULT) ? RETRY : 0;
        flags |= spec.unique() != null ? UNIQUE : 0;
        flags |= !spec.marks().equals(Marks.NONE) ? MARKS : 0;
        flags |= spec.destination() != null ? DESTINATION : 0;
        flags |= spec.origin().createdBy() != null ? CREATED_BY : 0;
        return flags | (spec.origin().trace() != null ? TRACE : 0);
    }

    private static void writeTiming(ByteWriter out, int flags, Timing timing) {
        if ((flags & RUN_AT) != 0) {
            out.varint(timing.runAt().toEpochMilli());
        }
        if ((flags & EXPIRES) != 0) {
            out.varint(timing.expiresAt().toEpochMilli());
        }
        if ((flags & TIMEOUT) != 0) {
            out.varint(timing.timeout().toMillis());
        }
        if ((flags & RETENTION) != 0) {
            out.varint(timing.retention().toMillis());
        }
    }

    private static Timing readTiming(ByteReader in, int flags) {
        Instant runAt = (flags & RUN_AT) != 0 ? Instant.ofEpochMilli(in.varint()) : null;
        Instant expiresAt = (flags & EXPIRES) != 0 ? Instant.ofEpochMilli(in.varint()) : null;
        Duration timeout = (flags & TIMEOUT) != 0 ? Duration.ofMillis(in.varint()) : Timing.DEFAULT_TIMEOUT;
        Duration retention = (flags & RETENTION) != 0 ? Duration.ofMillis(in.varint()) : null;
        return new Timing(runAt, expiresAt, timeout, retention);
    }

    private static void writeRetry(ByteWriter out, RetryPolicy retry) {
        Backoff backoff = retry.backoff();
        out.u8(retry.maxAttempts());
        out.u8(backoff.kind().ordinal());
        out.u8(backoff.jitter().ordinal());
        out.varint(backoff.base().toMillis());
        out.u64(Double.doubleToLongBits(backoff.factor()));
        out.varint(backoff.max().toMillis());
    }

    private static RetryPolicy readRetry(ByteReader in) {
        int maxAttempts = in.u8();
        Backoff.Kind kind = Backoff.Kind.values()[in.u8()];
        Backoff.Jitter jitter = Backoff.Jitter.values()[in.u8()];
        Duration base = Duration.ofMillis(in.varint());
        double factor = Double.longBitsToDouble(in.u64());
        return new RetryPolicy(maxAttempts, new Backoff(kind, base, factor, Duration.ofMillis(in.varint()), jitter));
    }

    private static void writeUnique(ByteWriter out, Unique unique) {
        out.text(unique.key());
        out.varint(unique.ttl() == null ? 0 : unique.ttl().toMillis());
        out.u8(unique.mode().ordinal());
    }

    private static Unique readUnique(ByteReader in) {
        String key = in.text();
        long ttl = in.varint();
        return new Unique(key, ttl == 0 ? null : Duration.ofMillis(ttl), Unique.Mode.values()[in.u8()]);
    }

    private static void writeMarks(ByteWriter out, Strings strings, Marks marks) {
        out.u8(marks.tags().size());
        marks.tags().forEach(tag -> out.varint(strings.index(tag)));
        out.u8(marks.labels().size());
        marks.labels().forEach((key, value) -> {
            out.varint(strings.index(key));
            out.varint(strings.index(value));
        });
    }

    private static Marks readMarks(ByteReader in, List<String> strings) {
        List<String> tags = new ArrayList<>();
        for (int n = in.u8(); n > 0; n--) {
            tags.add(strings.get((int) in.varint()));
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (int n = in.u8(); n > 0; n--) {
            String key = strings.get((int) in.varint());
            labels.put(key, strings.get((int) in.varint()));
        }
        return new Marks(List.copyOf(tags), java.util.Collections.unmodifiableMap(labels));
    }
}
