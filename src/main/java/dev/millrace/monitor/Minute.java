package dev.millrace.monitor;

import java.time.Instant;
import java.util.Map;

/**
 * One minute of a queue.
 *
 * @param at its start
 * @param submitted tasks accepted
 * @param started leases given
 * @param ended by task type, then by what happened: {@code succeeded}, {@code failed} (to be retried), {@code dead},
 *     {@code cancelled}, {@code expired}, {@code released}, {@code lease-expired}
 * @param waits counts by {@link Buckets}, of the time from ready to start
 * @param runs counts by {@link Buckets}, of the time from start to success or failure
 */
public record Minute(
        Instant at, long submitted, long started, Map<String, Map<String, Long>> ended, long[] waits, long[] runs) {}
