package dev.millrace.task;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON as it was sent, byte for byte, so that numbers, key order and escapes come back equal. Payloads and results are
 * never parsed and written again.
 *
 * @param json one JSON value in UTF-8; not copied, not to be changed
 */
public record Payload(byte[] json) {
    public static final Payload NULL = Payload.of("null");

    public static Payload of(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return json.length;
    }

    public boolean isNull() {
        return Arrays.equals(json, NULL.json);
    }

    /** Whether the text stands in the JSON as it was sent, whatever the case of its ASCII letters. */
    public boolean contains(String text) {
        return new Needle(text).isIn(json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload p && Arrays.equals(json, p.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    /** The size alone: payloads are never logged. */
    @Override
    public String toString() {
        return "Payload[" + json.length + " bytes]";
    }
}
