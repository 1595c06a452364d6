package dev.millrace.task;

import java.util.regex.Pattern;

/** What failures are grouped by: lane (the task type, or the destination), error type and message without its numbers, ids and quoted parts. */
public final class ErrorShape {
    private static final Pattern VARIABLE =
            Pattern.compile("\"[^\"]{0,256}\"|'[^']{0,256}'|0x[0-9a-fA-F]+|[0-9A-Fa-f]{8,}(-[0-9A-Fa-f]{4,})*|[0-9]+");
    private static final int LENGTH = 256;

    private ErrorShape() {}

    /** What is alike in alike failures; begins with the lane. */
    public static String of(String lane, TaskError error) {
        String message = error.message().length() > LENGTH ? error.message().substring(0, LENGTH) : error.message();
        return lane + '\n' + error.type() + '\n' + VARIABLE.matcher(message).replaceAll("?");
    }

    /** Whether a fingerprint can be so. */
    public static boolean isFingerprint(String text) {
        return text.matches("[0-9a-f]{16}");
    }

    /** 16 hexadecimal digits. */
    public static String fingerprint(String lane, TaskError error) {
        String shape = of(lane, error);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < shape.length(); i++) {
            hash = (hash ^ shape.charAt(i)) * 0x100000001b3L;
        }
        return String.format("%016x", hash);
    }
}
