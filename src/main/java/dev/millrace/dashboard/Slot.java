package dev.millrace.dashboard;

import dev.millrace.monitor.Buckets;
import dev.millrace.monitor.Level;
import dev.millrace.monitor.Minute;
import java.time.Instant;
import java.util.Map;

/** What happened in one stretch of time, in one queue or in all. Not safe for threads while it is added to. */
public final class Slot {
    private final Instant at;
    private final long[] waits = new long[Buckets.COUNT];
    private final long[] runs = new long[Buckets.COUNT];
    private long submitted;
    private long succeeded;
    private long failed;
    private long dead;
    private long dropped;
    private long started;
    private Level level;

    Slot(Instant at) {
        this.at = at;
    }

    static Slot of(Minute minute) {
        Slot slot = new Slot(minute.at());
        slot.add(minute);
        return slot;
    }

    void add(Minute minute) {
        add(minute, 1);
    }

    /** Undoes an {@link #add} of the same minute as it was then. */
    void remove(Minute minute) {
        add(minute, -1);
    }

    private void add(Minute minute, int sign) {
        submitted += sign * minute.submitted();
        started += sign * minute.started();
        for (Map<String, Long> ends : minute.ended().values()) {
            ends.forEach((what, count) -> count(what, sign * count));
        }
        for (int i = 0; i < Buckets.COUNT; i++) {
            waits[i] += sign * minute.waits()[i];
            runs[i] += sign * minute.runs()[i];
        }
    }

    private void count(String what, long count) {
        switch (what) {
            case "succeeded" -> succeeded += count;
            case "failed" -> failed += count;
            case "dead" -> dead += count;
            case "cancelled", "expired" -> dropped += count;
            default -> {
                // Handed back: no run came to an end.
            }
        }
    }

    /** How things stood in a minute of it; the latest comes last. */
    void add(Level minute) {
        level = level == null ? minute : level.then(minute);
    }

    /** At its end; null when nobody noted it. */
    public Level level() {
        return level;
    }

    void add(Slot other) {
        submitted += other.submitted;
        started += other.started;
        succeeded += other.succeeded;
        failed += other.failed;
        dead += other.dead;
        dropped += other.dropped;
        for (int i = 0; i < Buckets.COUNT; i++) {
            waits[i] += other.waits[i];
            runs[i] += other.runs[i];
        }
    }

    /** Its start. */
    public Instant at() {
        return at;
    }

    public long submitted() {
        return submitted;
    }

    public long started() {
        return started;
    }

    public long succeeded() {
        return succeeded;
    }

    /** Runs that failed: those to be tried again, and those after which the task was dead. */
    public long failed() {
        return failed + dead;
    }

    public long dead() {
        return dead;
    }

    /** Tasks that ended. */
    public long ended() {
        return succeeded + dead + dropped;
    }

    /** Runs that came to an end. */
    public long ran() {
        return succeeded + failed + dead;
    }

    /** Milliseconds from ready to start that the given share of starts did not exceed, about; negative without any. */
    public long waits(double share) {
        return percentile(waits, share);
    }

    /** Milliseconds from start to end that the given share of runs did not exceed, about; negative without any. */
    public long runs(double share) {
        return percentile(runs, share);
    }

    /** Within its bucket as if all were spread evenly. */
    private static long percentile(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double rank = total * share;
        long seen = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            if (seen + counts[i] >= rank && counts[i] > 0) {
                long from = i == 0 ? 0 : Buckets.bound(i - 1);
                long to = i == counts.length - 1 ? 2 * from : Buckets.bound(i);
                return Math.round(from + (to - from) * Math.max(0, rank - seen) / counts[i]);
            }
            seen += counts[i];
        }
        return -1;
    }
}
