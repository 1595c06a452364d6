package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.Locale;

/** What a body is said to be. */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private MediaTypes() {}

    /**
     * Which of the allowed types a {@code Content-Type} names.
     *
     * @throws MillraceException {@code UNSUPPORTED_MEDIA_TYPE} when it is none of them, or not in UTF-8
     */
    static String require(String contentType, String... allowed) {
        if (contentType != null) {
            int semicolon = contentType.indexOf(';');
            String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
            for (String each : allowed) {
                if (each.equalsIgnoreCase(type) && (semicolon < 0 || isUtf8(contentType.substring(semicolon + 1)))) {
                    return each;
                }
            }
        }
        throw new MillraceException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "The Content-Type must be " + String.join(" or ", allowed) + ", in UTF-8.");
    }

    private static boolean isUtf8(String parameters) {
        for (String parameter : parameters.toLowerCase(Locale.ROOT).split(";")) {
            String text = parameter.strip();
            if (text.startsWith("charset=")) {
                String charset = text.substring(8).replace("\"", "").strip();
                return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
            }
        }
        return true;
    }
}
