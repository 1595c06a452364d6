package dev.millrace.monitor;

/**
 * A setting in force.
 *
 * @param value as it was given; three asterisks in place of what is secret
 * @param source where it comes from: {@code default}, or what set it, such as {@code command line --port}, {@code environment
 *     variable MILLRACE_DATA}, {@code file /etc/millrace/application.yaml} or {@code system property}
 */
public record Setting(String name, String value, String source) {
    /** The last part of where it comes from: of a file, its name. */
    public String place() {
        return source.substring(source.lastIndexOf('/') + 1);
    }
}
