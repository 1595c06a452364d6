package dev.millrace.storage.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The wall clock as it was when the store was opened, moved on by the monotonic clock: it never goes back. When the wall
 * clock is found to be ahead, it is followed, as the monotonic clock stands still while a machine is suspended.
 */
final class AnchoredClock implements InstantSource {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private volatile Anchor anchor;

    AnchoredClock(InstantSource wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        long nanos = nanoTime.getAsLong();
        this.anchor = new Anchor(wall.instant(), nanos, nanos);
    }

    static AnchoredClock ofTheMachine() {
        return new AnchoredClock(InstantSource.system(), System::nanoTime);
    }

    /** A moment on both clocks, and when the wall clock was last looked at. */
    private record Anchor(Instant wall, long nanos, long lookedAt) {
        Instant at(long now) {
            return wall.plusNanos(now - nanos);
        }
    }

    @Override
    public Instant instant() {
        long nanos = nanoTime.getAsLong();
        Anchor now = anchor;
        return nanos - now.lookedAt < LOOK_EVERY.toNanos() ? now.at(nanos) : look(nanos);
    }

    private synchronized Instant look(long nanos) {
        Instant here = anchor.at(nanos);
        Instant there = wall.instant();
        boolean suspended = there.isAfter(here.plus(TOLERANCE));
        anchor = suspended ? new Anchor(there, nanos, nanos) : new Anchor(anchor.wall, anchor.nanos, nanos);
        return suspended ? there : here;
    }
}
