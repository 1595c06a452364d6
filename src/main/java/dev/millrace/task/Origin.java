package dev.millrace.task;

import java.time.Instant;

/**
 * Where a task came from.
 *
 * @param createdBy id of the credential that submitted it; null on an open loopback server
 * @param trace of the submission; null when there was none
 * @param fingerprint hash of the submission's content, to tell a repeat from another task under the same name
 * @param awaited someone waits for the end ({@code Prefer: wait}); the store announces it through the wake-ups
 */
public record Origin(Instant createdAt, String createdBy, TraceContext trace, long fingerprint, boolean awaited) {}
