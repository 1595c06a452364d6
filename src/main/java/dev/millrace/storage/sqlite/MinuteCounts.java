package dev.millrace.storage.sqlite;

import dev.millrace.monitor.Buckets;
import dev.millrace.monitor.Minute;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is counted of one minute of a queue. */
final class MinuteCounts {
    private static final int FORMAT = 1;

    /**
     * Programs before counted waits and runs in so few buckets, and read no further than the ends. Theirs are left out here, and
     * they see none of ours, which stand behind.
     */
    private static final int COARSE = 32;

    final long at;
    long submitted;
    long started;
    final long[] waits = new long[Buckets.COUNT];
    final long[] runs = new long[Buckets.COUNT];
    private final Map<String, long[]> ended = new LinkedHashMap<>();

    MinuteCounts(long at) {
        this.at = at;
    }

    /** How a run, or a task, ended. Stored by ordinal: append only. */
    enum End {
        SUCCEEDED,
        /** To be retried. */
        FAILED,
        DEAD,
        CANCELLED,
        EXPIRED,
        RELEASED,
        LEASE_EXPIRED;

        private static final End[] ALL = values();

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    void ended(String type, End how) {
        ended.computeIfAbsent(type, t -> new long[End.ALL.length])[how.ordinal()]++;
    }

    Minute toMinute() {
        Map<String, Map<String, Long>> byType = new LinkedHashMap<>();
        ended.forEach((type, counts) -> {
            Map<String, Long> byEnd = new LinkedHashMap<>();
            for (End end : End.ALL) {
                if (counts[end.ordinal()] > 0) {
                    byEnd.put(end.wire(), counts[end.ordinal()]);
                }
            }
            byType.put(type, byEnd);
        });
        return new Minute(Instant.ofEpochMilli(at), submitted, started, byType, waits.clone(), runs.clone());
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(128);
        out.u8(FORMAT);
        out.varint(at);
        out.varint(submitted);
        out.varint(started);
        write(out, new long[0]);
        write(out, new long[0]);
        out.varint(ended.size());
        ended.forEach((type, counts) -> {
            out.text(type);
            write(out, counts);
        });
        writeFew(out, waits);
        writeFew(out, runs);
        return out.toArray();
    }

    static MinuteCounts decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new IllegalStateException("A minute has format " + format + "; this version reads " + FORMAT);
        }
        MinuteCounts minute = new MinuteCounts(in.varint());
        minute.submitted = in.varint();
        minute.started = in.varint();
        read(in, new long[COARSE]);
        read(in, new long[COARSE]);
        for (long types = in.varint(); types > 0; types--) {
            String type = in.text();
            long[] counts = new long[End.ALL.length];
            read(in, counts);
            minute.ended.put(type, counts);
        }
        if (!in.atEnd()) {
            readFew(in, minute.waits);
            readFew(in, minute.runs);
        }
        return minute;
    }

    /** Those that are not zero, each with how many come before it since the last. */
    private static void writeFew(ByteWriter out, long[] counts) {
        out.varint(Arrays.stream(counts).filter(count -> count != 0).count());
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                out.varint(i - next);
                out.varint(counts[i]);
                next = i + 1;
            }
        }
    }

    private static void readFew(ByteReader in, long[] counts) {
        int next = 0;
        for (long left = in.varint(); left > 0; left--) {
            int i = next + (int) in.varint();
            counts[i] = in.varint();
            next = i + 1;
        }
    }

    /** Without the zeros at the end. */
    private static void write(ByteWriter out, long[] counts) {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        out.varint(length);
        Arrays.stream(counts, 0, length).forEach(out::varint);
    }

    private static void read(ByteReader in, long[] counts) {
        int length = (int) in.varint();
        for (int i = 0; i < length; i++) {
            counts[i] = in.varint();
        }
    }
}
