package dev.millrace.bench;

/**
 * How fast a number of tasks went in, and out again.
 *
 * @param enqueueNanos for all of them
 * @param processNanos for all of them, after the last was enqueued
 */
record Rates(long tasks, long enqueueNanos, long processNanos) {
    double enqueuePerSecond() {
        return perSecond(enqueueNanos);
    }

    double processPerSecond() {
        return perSecond(processNanos);
    }

    /** Tasks over the sum of both times. */
    double bothPerSecond() {
        return perSecond(enqueueNanos + processNanos);
    }

    private double perSecond(long nanos) {
        return tasks * 1e9 / Math.max(1, nanos);
    }
}
