package dev.millrace.queue;

/**
 * @param matched tasks looked at that match and whose state allows the action
 * @param done those it was done to; 0 in a dry run
 * @param next where to go on; null when all were looked at
 */
public record ActionReport(long matched, long done, String next) {}
