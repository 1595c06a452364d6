package dev.millrace.task;

import java.util.regex.Pattern;

/** What failures are grouped by: task type, error type and message without its numbers, ids and quoted parts. */
public final class ErrorShape {
    private static final Pattern VARIABLE =
            Pattern.compile("\"[^\"]{0,256}\"|'[^']{0,256}'|0x[0-9a-fA-F]+|[0-9A-Fa-f]{8,}(-[0-9A-Fa-f]{4,})*|[0-9]+");
    private static final int LENGTH = 256;

    private ErrorShape() {}

    /** 16 hexadecimal digits. */
    public static String fingerprint(String taskType, TaskError error) {
        String message = error.message().length() > LENGTH ? error.message().substring(0, LENGTH) : error.message();
        String shape = taskType
                + '\n'
                + error.type()
                + '\n'
                + VARIABLE.matcher(message).replaceAll("?");
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < shape.length(); i++) {
            hash = (hash ^ shape.charAt(i)) * 0x100000001b3L;
        }
        return String.format("%016x", hash);
    }
}
