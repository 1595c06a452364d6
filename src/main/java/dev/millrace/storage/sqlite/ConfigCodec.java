package dev.millrace.storage.sqlite;

import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.TaskOptions;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.storage.record.Said;
import dev.millrace.storage.record.Together;
import dev.millrace.task.Backoff;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** A queue's configuration as bytes: format, a word of flags for the members that are there, then these. */
final class ConfigCodec {
    private static final int FORMAT = 1;

    private static final int MAX_DEPTH = 1;
    private static final int RETENTION = 1 << 1;
    private static final int PRIORITY = 1 << 2;
    private static final int DELAY = 1 << 3;
    private static final int TTL = 1 << 4;
    private static final int TIMEOUT = 1 << 5;
    private static final int ATTEMPTS = 1 << 6;
    private static final int BACKOFF = 1 << 7;
    private static final int KEEP = 1 << 8;
    private static final int MAX_BYTES = 1 << 9;
    private static final int CONCURRENCY = 1 << 10;
    /** Ended tasks by state; what stands under {@link #RETENTION} is for programs that know no states apart. */
    private static final int KEPT = 1 << 11;

    private static final int RATE = 1 << 12;
    /** Which of the retention the queue said itself. */
    private static final int SAID = 1 << 13;

    private ConfigCodec() {}

    static byte[] encode(QueueConfig config) {
        TaskOptions options = config.defaults() == null ? TaskOptions.NONE : config.defaults();
        Writer out = new Writer();
        out.number(MAX_DEPTH, config.maxDepth());
        Retention whole = Said.whole(config.retention());
        if (out.has(RETENTION, whole)) {
            out.together(whole);
        }
        out.number(
                PRIORITY, options.priority() == null ? null : options.priority().longValue());
        out.duration(DELAY, options.delay());
        out.duration(TTL, options.ttl());
        out.duration(TIMEOUT, options.timeout());
        out.number(
                ATTEMPTS,
                options.maxAttempts() == null ? null : options.maxAttempts().longValue());
        if (out.has(BACKOFF, options.backoff())) {
            out.backoff(options.backoff());
        }
        out.duration(KEEP, options.retention());
        out.number(MAX_BYTES, config.maxBytes());
        out.number(CONCURRENCY, config.concurrency());
        encodeLater(config, whole, out);
        return out.bytes();
    }

    /** What versions after the first one added; those that do not know it read on to here. */
    private static void encodeLater(QueueConfig config, Retention whole, Writer out) {
        if (out.has(KEPT, whole)) {
            Retention.STATES.forEach(state -> out.kept(whole.of(state)));
        }
        if (out.has(RATE, config.rate())) {
            out.body.varint(config.rate().limit());
            out.body.varint(config.rate().per().toMillis());
            out.bound(config.rate().burst());
        }
        out.number(SAID, (long) Said.bits(config.retention()));
    }

    static QueueConfig decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new IllegalStateException("A queue's configuration has format " + format + ", not " + FORMAT);
        }
        int flags = in.u16();
        Long maxDepth = (flags & MAX_DEPTH) != 0 ? in.varint() : null;
        Retention together = (flags & RETENTION) != 0 ? together(in) : Retention.DEFAULT;
        Integer priority = (flags & PRIORITY) != 0 ? (int) in.varint() : null;
        Duration delay = (flags & DELAY) != 0 ? duration(in) : null;
        Duration ttl = (flags & TTL) != 0 ? duration(in) : null;
        Duration timeout = (flags & TIMEOUT) != 0 ? duration(in) : null;
        Integer attempts = (flags & ATTEMPTS) != 0 ? (int) in.varint() : null;
        Backoff backoff = (flags & BACKOFF) != 0 ? backoff(in) : null;
        Duration keep = (flags & KEEP) != 0 ? duration(in) : null;
        Long maxBytes = (flags & MAX_BYTES) != 0 ? in.varint() : null;
        Long concurrency = (flags & CONCURRENCY) != 0 ? in.varint() : null;
        Retention whole = (flags & KEPT) != 0 ? byState(in, together.dedupe()) : together;
        TaskOptions defaults = new TaskOptions(priority, delay, ttl, timeout, attempts, backoff, keep);
        RateLimit rate = (flags & RATE) != 0 ? new RateLimit(in.varint(), duration(in), bound(in)) : null;
        int said = (flags & SAID) != 0 ? (int) in.varint() : 0;
        return new QueueConfig(maxDepth, maxBytes, concurrency, rate, defaults, Said.of(whole, said));
    }

    private static Retention together(ByteReader in) {
        Kept ended = new Kept(duration(in), in.varint(), in.varint());
        return Retention.alike(ended, Kept.of(duration(in)), duration(in));
    }

    private static Retention byState(ByteReader in, Duration dedupe) {
        Map<TaskState, Kept> kept = new EnumMap<>(TaskState.class);
        for (TaskState state : Retention.STATES) {
            kept.put(state, new Kept(duration(in), bound(in), bound(in)));
        }
        return Retention.of(kept::get, dedupe);
    }

    /** Null for none. */
    private static Long bound(ByteReader in) {
        return in.u8() == 0 ? null : Long.valueOf(in.varint());
    }

    private static Backoff backoff(ByteReader in) {
        Backoff.Kind kind = Backoff.Kind.values()[in.u8()];
        Duration base = duration(in);
        double factor = Double.longBitsToDouble(in.u64());
        return new Backoff(kind, base, factor, duration(in), Backoff.Jitter.values()[in.u8()]);
    }

    private static Duration duration(ByteReader in) {
        return Duration.ofMillis(in.varint());
    }

    /** Collects the members that are there, and their flags. */
    private static final class Writer {
        private final ByteWriter body = new ByteWriter(64);
        private int flags;

        boolean has(int flag, Object member) {
            flags |= member != null ? flag : 0;
            return member != null;
        }

        void number(int flag, Long member) {
            if (has(flag, member)) {
                body.varint(member);
            }
        }

        void duration(int flag, Duration member) {
            if (has(flag, member)) {
                body.varint(member.toMillis());
            }
        }

        void together(Retention retention) {
            Together together = Together.of(retention);
            body.varint(together.age().toMillis());
            body.varint(together.count());
            body.varint(together.bytes());
            body.varint(retention.dead().age().toMillis());
            body.varint(retention.dedupe().toMillis());
        }

        void kept(Kept kept) {
            body.varint(kept.age().toMillis());
            bound(kept.count());
            bound(kept.bytes());
        }

        void bound(Long bound) {
            body.u8(bound == null ? 0 : 1);
            if (bound != null) {
                body.varint(bound);
            }
        }

        void backoff(Backoff backoff) {
            body.u8(backoff.kind().ordinal());
            body.varint(backoff.base().toMillis());
            body.u64(Double.doubleToLongBits(backoff.factor()));
            body.varint(backoff.max().toMillis());
            body.u8(backoff.jitter().ordinal());
        }

        byte[] bytes() {
            byte[] members = body.toArray();
            ByteWriter out = new ByteWriter(3 + members.length);
            out.u8(FORMAT);
            out.u16(flags);
            out.bytes(members, members.length);
            return out.toArray();
        }
    }
}
