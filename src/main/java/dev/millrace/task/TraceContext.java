package dev.millrace.task;

/**
 * W3C trace context of a submission.
 *
 * @param parent the {@code traceparent} header, a valid one
 * @param state the {@code tracestate} header, at most 512 printable ASCII characters; null for none
 */
public record TraceContext(String parent, String state) {
    public static final int LONGEST_STATE = 512;
}
