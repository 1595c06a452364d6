package dev.millrace.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Leave to lease, up to a number of tasks and until it is closed; counts those that it was used for. */
final class Slice {
    /** Leave that only {@link #close} ends. */
    static final long WITHOUT_END = Long.MAX_VALUE;

    private final Bell bell = new Bell();
    private final long max;
    private final Duration longest;
    /** Not leased, and not about to be. */
    private final AtomicLong left;

    private final AtomicLong leased = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean closed;

    /**
     * @param longest see {@link DrainCall}
     */
    Slice(long max, Duration longest) {
        this.max = max;
        this.longest = longest;
        this.left = new AtomicLong(max);
    }

    /** Rings whenever something changed that whoever waits for the end of this slice may want to know. */
    Bell bell() {
        return bell;
    }

    /** How long a task with this timeout may run that was leased under this leave. */
    Duration atMost(Duration timeout) {
        return longest == null || timeout.compareTo(longest) <= 0 ? timeout : longest;
    }

    /** How many of these may be leased now; {@link #leased} says later what became of it. */
    int take(int wanted) {
        if (closed || wanted <= 0) {
            return 0;
        }
        return (int) Math.min(wanted, left.getAndUpdate(now -> now - Math.min(now, wanted)));
    }

    /**
     * @param taken as {@link #take} allowed
     * @param count that were leased indeed
     */
    void leased(int taken, int count) {
        leased.addAndGet(count);
        left.addAndGet((long) taken - count);
    }

    /** So many tasks that were leased under it were run to their end. */
    void done(int count) {
        done.addAndGet(count);
    }

    long done() {
        return done.get();
    }

    void close() {
        closed = true;
    }

    /** May be used further. */
    boolean isOpen() {
        return !closed && leased.get() < max;
    }
}
