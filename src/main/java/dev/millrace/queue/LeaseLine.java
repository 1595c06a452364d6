package dev.millrace.queue;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls that wait for one queue, first come first served, and the bell that calls a clerk to them. */
final class LeaseLine {
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rings = new AtomicInteger();

    void add(Waiter waiter) {
        waiters.add(waiter);
    }

    int size() {
        return waiters.size();
    }

    /** Those that still wait, in order. */
    List<Waiter> waiters() {
        waiters.removeIf(Waiter::ended);
        return List.copyOf(waiters);
    }

    boolean isEmptyAfterSweep() {
        waiters.removeIf(Waiter::ended);
        return waiters.isEmpty();
    }

    /** True when no clerk is at work yet, so that the caller has to send one. */
    boolean ring() {
        return rings.getAndUpdate(n -> Math.min(n + 1, 2)) == 0;
    }

    /** True when the bell rang since the clerk last looked. */
    boolean goRoundAgain() {
        return rings.decrementAndGet() > 0;
    }
}
