package dev.millrace.delivery.route;

import java.util.Arrays;

/** The latest answer times of a backend. Not to be shared between threads. */
final class Latencies {
    private static final int KEPT = 256;

    private final long[] nanos = new long[KEPT];
    private int size;
    private int next;

    void add(long taken) {
        nanos[next] = taken;
        next = (next + 1) % KEPT;
        size = Math.min(KEPT, size + 1);
    }

    Spread spread() {
        return Spread.of(Arrays.copyOf(nanos, size));
    }
}
