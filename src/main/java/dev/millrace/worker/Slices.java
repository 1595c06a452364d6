package dev.millrace.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Under whose leave tasks are leased: that of the drains that are under way in turns, else the worker's own, if it has one. */
final class Slices {
    private final Slice standing;
    private final List<Slice> drains = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong leased = new AtomicLong();
    private volatile Runnable onOpen = () -> {};
    private volatile boolean shut;
    private volatile boolean resting;

    /**
     * @param standing leases also while nobody drains
     */
    Slices(boolean standing) {
        this.standing = standing ? new Slice(Slice.WITHOUT_END, null) : null;
    }

    /** Called whenever there is leave to lease that was not there before. */
    void onOpen(Runnable listener) {
        onOpen = listener;
    }

    /**
     * The leave of a drain; closed from the start while the worker takes nothing new.
     *
     * @param longest see {@link DrainCall}
     */
    Slice open(long max, Duration longest) {
        Slice slice = new Slice(max, longest);
        drains.add(slice);
        if (shut || resting) {
            slice.close();
        }
        onOpen.run();
        return slice;
    }

    void close(Slice slice) {
        slice.close();
        drains.remove(slice);
    }

    /** Nothing more is leased, for good. */
    void shut() {
        shut = true;
        if (standing != null) {
            standing.close();
        }
        drains.forEach(Slice::close);
        changed();
    }

    /** Nothing more is leased until told otherwise; drains that are under way end. */
    void rest(boolean now) {
        resting = now;
        if (now) {
            drains.forEach(Slice::close);
            changed();
        } else {
            onOpen.run();
        }
    }

    boolean isResting() {
        return resting;
    }

    /** Whose turn it is; null when nothing may be leased. */
    Slice next() {
        if (resting) {
            return null;
        }
        Object[] all = drains.toArray();
        for (int i = 0; i < all.length; i++) {
            Slice slice = (Slice) all[Math.floorMod(turn.getAndIncrement(), all.length)];
            if (slice.isOpen()) {
                return slice;
            }
        }
        return standing != null && standing.isOpen() ? standing : null;
    }

    /** Whether anything may be leased at all. */
    boolean anyOpen() {
        return next() != null;
    }

    /** What a drain's slice gets back, another fetcher may be waiting for. */
    void leased(Slice slice, int taken, int count) {
        slice.leased(taken, count);
        leased.addAndGet(count);
        if (slice != standing && count < taken) {
            onOpen.run();
        }
    }

    /** Tasks leased so far under any leave. */
    long leased() {
        return leased.get();
    }

    /** A queue was looked at, or a task ended. */
    void changed() {
        for (Slice slice : drains) {
            slice.bell().ring();
        }
    }
}
