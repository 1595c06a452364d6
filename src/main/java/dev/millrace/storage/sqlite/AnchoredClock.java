package dev.millrace.storage.sqlite;

import java.time.Instant;
import java.time.InstantSource;

/** The wall clock as it was when the store was opened, moved on by the monotonic clock: it never jumps. */
final class AnchoredClock implements InstantSource {
    private final Instant wallAtStart;
    private final long nanosAtStart;

    AnchoredClock(InstantSource wall) {
        this.wallAtStart = wall.instant();
        this.nanosAtStart = System.nanoTime();
    }

    @Override
    public Instant instant() {
        return wallAtStart.plusNanos(System.nanoTime() - nanosAtStart);
    }
}
