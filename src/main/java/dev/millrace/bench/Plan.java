package dev.millrace.bench;

import java.time.Duration;

/**
 * What to measure.
 *
 * @param redis the address of a Redis to measure on; null starts one, if there is need of one
 * @param tasks of the throughput measurement
 * @param batch tasks of one call, 1 to 500
 * @param payload bytes of JSON, 8 and up
 * @param rate tasks a second of the latency measurement; 0 leaves it out
 * @param steady how long that takes
 */
record Plan(Store store, String redis, int tasks, int batch, int payload, int rate, Duration steady) {
    /** The stores that can be measured. */
    enum Store {
        SQLITE,
        REDIS
    }
}
