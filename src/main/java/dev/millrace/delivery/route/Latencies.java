package dev.millrace.delivery.route;

import java.util.Arrays;

/** The latest answer times of a backend. Not to be shared between threads. */
final class Latencies {
    private static final int KEPT = 256;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] nanos = new long[KEPT];
    private int size;
    private int next;

    void add(long taken) {
        nanos[next] = taken;
        next = (next + 1) % KEPT;
        size = Math.min(KEPT, size + 1);
    }

    /**
     * In milliseconds; 0 when there are none.
     *
     * @param share 0 to 1
     */
    double quantile(double share) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1, Math.floor(share * size))] / NANOS_PER_MILLI;
    }
}
