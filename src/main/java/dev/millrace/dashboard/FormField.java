package dev.millrace.dashboard;

/**
 * A field of a form of settings.
 *
 * @param hint stands below it
 * @param holder the default, which stands in it while it is empty
 */
public record FormField(String name, String label, String hint, String holder) {}
