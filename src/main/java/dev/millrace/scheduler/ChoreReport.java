package dev.millrace.scheduler;

/**
 * What one run of a chore came to.
 *
 * @param done how many tasks or nodes it moved or removed
 * @param failure why it did not get through; null when it did
 */
public record ChoreReport(String chore, int done, String failure) {}
