package dev.millrace.task;

import java.time.Instant;

/**
 * The moments of a task's life so far, each null until it came.
 *
 * @param readyAt when it last became ready
 * @param runAt when it is due, while scheduled; after that the last time that it was due
 * @param startedAt start of the latest attempt
 * @param leaseExpiresAt while running
 */
public record Times(Instant readyAt, Instant runAt, Instant startedAt, Instant finishedAt, Instant leaseExpiresAt) {}
