package dev.millrace.task;

/**
 * A task's id: given by the client, or made by {@link BatchId#at} (26 characters, sortable by time, telling the number
 * of its queue).
 *
 * @param value matches {@code ^[A-Za-z0-9_-]{1,64}$}
 */
public record TaskId(String value) {
    private static final int MAX_LENGTH = 64;

    public TaskId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("A task id is 1 to 64 of A-Z a-z 0-9 _ -");
        }
    }

    public static boolean isValid(String value) {
        if (value == null || value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isValid(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** By hand, as ids are made by the thousand and a pattern would take most of the time. */
    private static boolean isValid(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    @Override
    public String toString() {
        return value;
    }
}
