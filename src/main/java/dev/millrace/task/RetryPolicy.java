package dev.millrace.task;

/**
 * How often a task may fail.
 *
 * @param maxAttempts 1 to 100
 */
public record RetryPolicy(int maxAttempts, Backoff backoff) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Backoff.DEFAULT);

    /** Leases that may end without an answer before a task is dead as poison; these use up no attempt. */
    public static final int MAX_CRASHES = 3;
}
