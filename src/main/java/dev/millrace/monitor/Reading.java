package dev.millrace.monitor;

import java.time.Instant;

/**
 * How this process did since the reading before.
 *
 * @param at when it was taken
 * @param requests answered over HTTP, but for those that wait for something to happen
 * @param requestMicros that they took on average; 0 without any
 * @param storeCalls calls of the store
 * @param storeMicros that they took on average; 0 without any
 * @param failures calls that the store did not answer
 * @param cpuPercent of one processor; 0 when unknown
 * @param memoryBytes resident, now
 * @param heapBytes used of the Java heap, now
 */
public record Reading(
        Instant at,
        long requests,
        long requestMicros,
        long storeCalls,
        long storeMicros,
        long failures,
        long cpuPercent,
        long memoryBytes,
        long heapBytes) {}
