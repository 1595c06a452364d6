package dev.millrace.task;

import java.time.Instant;

/**
 * One run of a task by one worker, as its handler sees it.
 *
 * @param number 1 for the first that counts; a released or crashed run gives its number back
 * @param generation the fencing token: higher than that of any earlier run of the task
 * @param worker who runs it
 */
public record Attempt(int number, int generation, String worker, Instant startedAt) {}
