package dev.millrace.queue;

import java.time.Instant;

/** A lease to be kept until {@code until}; also one that has run out, as long as the task was not taken back. */
public record Extension(LeaseToken token, Instant until) {}
