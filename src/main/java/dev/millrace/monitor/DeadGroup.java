package dev.millrace.monitor;

/**
 * Tasks of a queue that are dead of failures that look alike.
 *
 * @param failures all that were counted, those included after which a task was tried again
 * @param dead tasks that are dead of it now
 */
public record DeadGroup(String queue, ErrorGroup failures, long dead) {}
