package dev.millrace.delivery.route;

/** How fast something goes, as of the last moments. Not to be shared between threads; time is {@link System#nanoTime}'s. */
final class Pace {
    private static final long STEP_NANOS = 10_000_000L;
    private static final double MEMORY_NANOS = 100_000_000.0;

    private double perNano;
    private long since;
    private int counted;

    Pace(long now) {
        this.since = now;
    }

    void count(long now) {
        counted++;
        if (now - since >= STEP_NANOS) {
            long gone = now - since;
            perNano += (1 - Math.exp(-gone / MEMORY_NANOS)) * ((double) counted / gone - perNano);
            since = now;
            counted = 0;
        }
    }

    /** How many it will be within so many nanoseconds, if it goes on so. */
    double within(long nanos, long now) {
        double present = Math.max(now - since, STEP_NANOS);
        return nanos * Math.min(perNano, (counted + perNano * STEP_NANOS) / present);
    }
}
