package dev.millrace.task;

/**
 * Why an attempt failed.
 *
 * @param type the kind, at most 128 characters; what errors are grouped by, with the message's shape
 * @param message at most 4,096 characters
 */
public record TaskError(String type, String message) {
    public static final int MAX_TYPE = 128;
    public static final int MAX_MESSAGE = 4096;

    /** Of a task that took its worker with it too often; one sentence, since it is what errors are grouped by. */
    public static final TaskError POISON = new TaskError(
            "Poison",
            "Its worker disappeared " + RetryPolicy.MAX_CRASHES + " times while it ran, so it is not run again.");

    public TaskError {
        type = cut(type == null || type.isBlank() ? "Error" : type, MAX_TYPE);
        message = cut(message == null ? "" : message, MAX_MESSAGE);
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }
}
