package dev.millrace.delivery.route;

import java.time.Duration;
import java.util.Arrays;

/** Successes and failures within a window that moves on in tenths. Not to be shared between threads. */
final class Tally {
    private static final int PARTS = 10;

    private final long part;
    private final long[] successes = new long[PARTS];
    private final long[] failures = new long[PARTS];
    private long present = Long.MIN_VALUE;

    Tally(Duration window) {
        this.part = Math.max(1, window.toNanos() / PARTS);
    }

    void add(boolean success, long now) {
        moveOn(now);
        (success ? successes : failures)[Math.floorMod(present, PARTS)]++;
    }

    long successes(long now) {
        moveOn(now);
        return Arrays.stream(successes).sum();
    }

    long failures(long now) {
        moveOn(now);
        return Arrays.stream(failures).sum();
    }

    void clear() {
        Arrays.fill(successes, 0);
        Arrays.fill(failures, 0);
    }

    private void moveOn(long now) {
        long at = Math.floorDiv(now, part);
        if (present == Long.MIN_VALUE || at - present >= PARTS) {
            clear();
        } else {
            for (long old = present + 1; old <= at; old++) {
                successes[Math.floorMod(old, PARTS)] = 0;
                failures[Math.floorMod(old, PARTS)] = 0;
            }
        }
        present = present == Long.MIN_VALUE ? at : Math.max(at, present);
    }
}
