package dev.millrace.worker;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Wakes the one thread that waits for it. A ring while nobody waits is kept for the next wait. */
final class Bell {
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile Thread waiter;

    void ring() {
        if (!rung.getAndSet(true)) {
            LockSupport.unpark(waiter);
        }
    }

    /** Returns at the first ring since the wait before, or after this time. */
    void await(long nanos) {
        waiter = Thread.currentThread();
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (!rung.get() && left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = deadline - System.nanoTime();
        }
        rung.set(false);
    }
}
