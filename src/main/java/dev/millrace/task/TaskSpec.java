package dev.millrace.task;

/**
 * What was asked for; never changes after submission (a retry with an edited payload keeps the new one beside it).
 *
 * @param type matches {@code ^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$}
 * @param destination the group of HTTP backends that it is pushed to, matching {@code ^[a-z0-9][a-z0-9._-]{0,62}$}; null
 *     when workers run it
 * @param priority 0 to 9, 9 first
 * @param unique null when the task claims no key
 */
public record TaskSpec(
        String type,
        String destination,
        Payload payload,
        int priority,
        Timing timing,
        RetryPolicy retry,
        Unique unique,
        Marks marks,
        Origin origin) {
    public static final int DEFAULT_PRIORITY = 5;

    /** What the lane of a destination begins with; no type does. */
    public static final char DESTINATION_MARK = '@';

    public static String laneOf(String destination) {
        return DESTINATION_MARK + destination;
    }

    /** The part of its queue's waiting tasks that it is leased from: its type, or {@code @destination}. */
    public String lane() {
        return destination == null ? type : laneOf(destination);
    }

    /** What the queue's byte counts go by: the payload and a flat 64 bytes for the rest. */
    public int size() {
        return payload.size() + 64;
    }

    public TaskSpec withPayload(Payload other) {
        return new TaskSpec(type, destination, other, priority, timing, retry, unique, marks, origin);
    }
}
