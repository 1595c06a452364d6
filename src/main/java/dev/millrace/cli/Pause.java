package dev.millrace.cli;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits between two looks at something. */
final class Pause {
    private static final Semaphore NEVER = new Semaphore(0);

    private Pause() {}

    /** Shorter when the thread is interrupted, which it still is afterwards. */
    static void of(Duration time) {
        try {
            NEVER.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
