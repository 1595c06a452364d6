package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A problem document (RFC 9457).
 *
 * @param detail may be shown to anyone
 * @param members further members
 */
public record Problem(ErrorCode code, String detail, Map<String, Object> members) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "urn:millrace:problem:";
    private static final int LONGEST_DETAIL = 1000;

    public static Problem of(MillraceException e) {
        return new Problem(e.code(), e.getMessage(), e.members());
    }

    static Problem of(ErrorCode code, String detail) {
        return new Problem(code, detail, Map.of());
    }

    /** Seconds after which another try makes sense; 0 when it does not. */
    public int retryAfter() {
        return switch (code) {
            case STORE_UNAVAILABLE, IDEMPOTENCY_IN_PROGRESS -> 1;
            case QUEUE_FULL -> 5;
            default -> 0;
        };
    }

    /** The document as JSON. */
    public byte[] document(String requestId) {
        return Json.bytes(512, json -> write(json, requestId));
    }

    private void write(JsonGenerator json, String requestId) throws IOException {
        String slug = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
        json.writeStartObject();
        json.writeStringField("type", TYPES + slug);
        json.writeStringField("title", title());
        json.writeNumberField("status", code.status());
        json.writeStringField("detail", printable(detail));
        json.writeStringField("code", code.name());
        json.writeStringField("requestId", requestId);
        for (Map.Entry<String, Object> member : members.entrySet()) {
            json.writeFieldName(member.getKey());
            writeMember(json, member.getValue());
        }
        json.writeEndObject();
    }

    /** A member that writes its own value. */
    interface Part {
        void write(JsonGenerator json) throws IOException;
    }

    private static void writeMember(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    writeMember(json, element);
                }
                json.writeEndArray();
            }
            case Part part -> part.write(json);
            case Fault fault -> {
                json.writeStartObject();
                json.writeStringField("pointer", printable(fault.pointer()));
                json.writeStringField("detail", printable(fault.detail()));
                json.writeEndObject();
            }
            default -> json.writeString(printable(value.toString()));
        }
    }

    /** The code in words: {@code LEASE_LOST} is "Lease lost". */
    private String title() {
        String words = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return code == ErrorCode.MALFORMED_JSON
                ? "Malformed JSON"
                : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Text that may hold what a caller sent: cut, and without control characters and halves of surrogate pairs. */
    static String printable(String text) {
        String cut = text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
        StringBuilder out = null;
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c) && i + 1 < cut.length() && Character.isLowSurrogate(cut.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                out = out == null ? new StringBuilder(cut) : out;
                out.setCharAt(i, '?');
            }
        }
        return out == null ? cut : out.toString();
    }
}
