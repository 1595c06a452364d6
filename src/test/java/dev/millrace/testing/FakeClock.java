package dev.millrace.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told to move. Starts at the full hour. */
public final class FakeClock implements InstantSource {
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @Override
    public Instant instant() {
        return now.get();
    }

    public void set(Instant to) {
        now.set(to);
    }

    /** Moves on; returns the new time. */
    public Instant tick(Duration by) {
        return now.updateAndGet(then -> then.plus(by));
    }

    public Instant tickSeconds(long seconds) {
        return tick(Duration.ofSeconds(seconds));
    }

    public Instant tickMillis(long millis) {
        return tick(Duration.ofMillis(millis));
    }
}
