package dev.millrace.queue;

/** One lease to be ended. */
public record Settlement(LeaseToken token, Verdict verdict) {}
