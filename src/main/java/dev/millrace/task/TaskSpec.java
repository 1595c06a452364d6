package dev.millrace.task;

/**
 * What was asked for; never changes after submission (a retry with an edited payload keeps the new one beside it).
 *
 * @param type matches {@code ^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$}
 * @param priority 0 to 9, 9 first
 * @param unique null when the task claims no key
 */
public record TaskSpec(
        String type,
        Payload payload,
        int priority,
        Timing timing,
        RetryPolicy retry,
        Unique unique,
        Marks marks,
        Origin origin) {
    public static final int DEFAULT_PRIORITY = 5;

    /** What the queue's byte counts go by: the payload and a flat 64 bytes for the rest. */
    public int size() {
        return payload.size() + 64;
    }

    public TaskSpec withPayload(Payload other) {
        return new TaskSpec(type, other, priority, timing, retry, unique, marks, origin);
    }
}
