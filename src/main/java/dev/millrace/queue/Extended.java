package dev.millrace.queue;

import java.time.Instant;

/**
 * @param expiresAt the new deadline, where {@code settled} holds
 */
public record Extended(Settled settled, Instant expiresAt) {}
