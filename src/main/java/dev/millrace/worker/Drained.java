package dev.millrace.worker;

/**
 * What a drain came to.
 *
 * @param done tasks that were run for it, however they ended; not those that were handed back
 * @param more there may be more to do: it was cut short by its bounds or by the worker's end
 */
public record Drained(long done, boolean more) {}
