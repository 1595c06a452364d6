package dev.millrace.storage.sqlite;

import dev.millrace.monitor.Buckets;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The minutes that the writer counts in, each written once per transaction that counted. */
final class Series {
    static final long MINUTE = 60_000;
    private static final int KEPT = 256;

    private final Statements sql;
    private final Map<Minute, Counts> counts = new HashMap<>();
    private final Map<Ending, long[]> endings = new HashMap<>();
    private final Set<Minute> changed = new HashSet<>();
    private final Set<Ending> changedEndings = new HashSet<>();

    Series(Statements sql) {
        this.sql = sql;
    }

    private record Minute(int queue, long at) {
        static Minute of(int queue, long now) {
            return new Minute(queue, Math.floorDiv(now, MINUTE) * MINUTE);
        }
    }

    private record Ending(Minute minute, String type, String what) {}

    private static final class Counts {
        private long submitted;
        private long started;
        private long[] waits = new long[Buckets.COUNT];
        private long[] runs = new long[Buckets.COUNT];
    }

    void submitted(int queue, long now, int tasks) throws SQLException {
        if (tasks > 0) {
            counts(queue, now).submitted += tasks;
        }
    }

    void started(int queue, long now, long waited) throws SQLException {
        Counts counts = counts(queue, now);
        counts.started++;
        counts.waits[Buckets.index(waited)]++;
    }

    void ran(int queue, long now, long millis) throws SQLException {
        counts(queue, now).runs[Buckets.index(millis)]++;
    }

    private static final String ENDED = """
            SELECT n FROM ending WHERE queue = ? AND at = ? AND type = ? AND what = ?""";

    void ended(int queue, long now, String type, String what) throws SQLException {
        counts(queue, now);
        Ending ending = new Ending(Minute.of(queue, now), type, what);
        long[] n = endings.get(ending);
        if (n == null) {
            Long found = sql.first(ENDED, row -> row.getLong(1), queue, ending.minute.at, type, what);
            n = new long[] {found == null ? 0 : found};
            endings.put(ending, n);
        }
        n[0]++;
        changedEndings.add(ending);
    }

    private static final String PUT = """
            INSERT INTO minute (queue, at, submitted, started, waits, runs) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (queue, at) DO UPDATE SET submitted = excluded.submitted, started = excluded.started,
              waits = excluded.waits, runs = excluded.runs""";

    private static final String PUT_ENDING = """
            INSERT INTO ending (queue, at, type, what, n) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (queue, at, type, what) DO UPDATE SET n = excluded.n""";

    void write() throws SQLException {
        for (Minute minute : changed) {
            Counts c = counts.get(minute);
            sql.update(PUT, minute.queue, minute.at, c.submitted, c.started, encode(c.waits), encode(c.runs));
        }
        for (Ending e : changedEndings) {
            sql.update(PUT_ENDING, e.minute.queue, e.minute.at, e.type, e.what, endings.get(e)[0]);
        }
        changed.clear();
        changedEndings.clear();
        if (counts.size() > KEPT || endings.size() > KEPT) {
            forget();
        }
    }

    void forget() {
        counts.clear();
        endings.clear();
        changed.clear();
        changedEndings.clear();
    }

    private static final String READ = """
            SELECT submitted, started, waits, runs FROM minute WHERE queue = ? AND at = ?""";

    private Counts counts(int queue, long now) throws SQLException {
        Minute minute = Minute.of(queue, now);
        changed.add(minute);
        Counts kept = counts.get(minute);
        if (kept == null) {
            kept = new Counts();
            Counts read = kept;
            sql.each(
                    READ,
                    row -> {
                        read.submitted = row.getLong(1);
                        read.started = row.getLong(2);
                        read.waits = decode(row.getBytes(3));
                        read.runs = decode(row.getBytes(4));
                        return false;
                    },
                    queue,
                    minute.at);
            counts.put(minute, kept);
        }
        return kept;
    }

    static byte[] encode(long[] histogram) {
        ByteWriter out = new ByteWriter(2 * histogram.length);
        for (long n : histogram) {
            out.varint(n);
        }
        return out.toArray();
    }

    static long[] decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        long[] histogram = new long[Buckets.COUNT];
        for (int i = 0; i < histogram.length && !in.atEnd(); i++) {
            histogram[i] = in.varint();
        }
        return histogram;
    }
}
