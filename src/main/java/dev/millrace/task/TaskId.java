package dev.millrace.task;

import java.util.regex.Pattern;

/**
 * A task's id: given by the client, or made by {@link BatchId#at} (26 characters, sortable by time, telling the number
 * of its queue).
 *
 * @param value matches {@code ^[A-Za-z0-9_-]{1,64}$}
 */
public record TaskId(String value) {
    private static final Pattern FORM = Pattern.compile("^[A-Za-z0-9_-]{1,64}$");

    public TaskId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("A task id is 1 to 64 of A-Z a-z 0-9 _ -");
        }
    }

    public static boolean isValid(String value) {
        return value != null && FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
