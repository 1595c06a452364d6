package dev.millrace.queue;

import java.time.Instant;

/** A lease to be kept until {@code until}; also one that has expired, while nobody else holds the task. */
public record Extension(LeaseToken token, Instant until) {}
