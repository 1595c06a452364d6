package dev.millrace.dashboard;

import dev.millrace.monitor.Buckets;
import dev.millrace.monitor.Level;
import dev.millrace.monitor.Minute;
import java.time.Instant;
import java.util.Map;

/** What happened in one stretch of time, in one queue or in all. Not safe for threads while it is added to. */
public final class Slot {
    private final Instant at;
    private long[] waits;
    private long[] runs;
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

    /** Without the times of waits and runs. */
    static Slot counts(Minute minute) {
        Slot slot = new Slot(minute.at());
        slot.add(minute, 1);
        return slot;
    }

    void add(Minute minute) {
        add(minute, 1);
        addTimes(minute, 1);
    }

    /** Undoes an {@link #add} of the same minute as it was then. */
    void remove(Minute minute) {
        add(minute, -1);
        addTimes(minute, -1);
    }

    private void add(Minute minute, int sign) {
        submitted += sign * minute.submitted();
        started += sign * minute.started();
        for (Map<String, Long> ends : minute.ended().values()) {
            ends.forEach((what, count) -> count(what, sign * count));
        }
    }

    private void addTimes(Minute minute, int sign) {
        waits = sum(waits, minute.waits(), sign);
        runs = sum(runs, minute.runs(), sign);
    }

    /** Null stands for zeros, of which most slots have nothing else. */
    private static long[] sum(long[] sums, long[] more, int sign) {
        if (more == null) {
            return sums;
        }
        long[] all = sums == null ? new long[Buckets.COUNT] : sums;
        for (int i = 0; i < all.length; i++) {
            all[i] += sign * more[i];
        }
        return all;
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
        waits = sum(waits, other.waits, 1);
        runs = sum(runs, other.runs, 1);
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
        return waits == null ? -1 : Buckets.percentile(waits, share);
    }

    /** Milliseconds from start to end that the given share of runs did not exceed, about; negative without any. */
    public long runs(double share) {
        return runs == null ? -1 : Buckets.percentile(runs, share);
    }
}
