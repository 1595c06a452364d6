package dev.millrace.task;

/**
 * How far a running task says it is.
 *
 * @param percent 0 to 100; null when not given
 * @param message at most 1,024 characters; null when not given
 */
public record Progress(Integer percent, String message) {}
