package dev.millrace.api;

import com.fasterxml.jackson.core.SerializableString;
import dev.millrace.task.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A payload on its way into a document, without a detour through characters. */
record RawJson(Payload payload) implements SerializableString {
    @Override
    public String getValue() {
        return new String(payload.json(), StandardCharsets.UTF_8);
    }

    @Override
    public int charLength() {
        return getValue().length();
    }

    @Override
    public char[] asQuotedChars() {
        throw new UnsupportedOperationException("A payload is never quoted");
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return payload.json();
    }

    @Override
    public byte[] asQuotedUTF8() {
        throw new UnsupportedOperationException("A payload is never quoted");
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        throw new UnsupportedOperationException("A payload is never quoted");
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        throw new UnsupportedOperationException("A payload is never quoted");
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        byte[] json = payload.json();
        if (json.length > buffer.length - offset) {
            return -1;
        }
        System.arraycopy(json, 0, buffer, offset, json.length);
        return json.length;
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        throw new UnsupportedOperationException("A payload is written as bytes");
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) {
        throw new UnsupportedOperationException("A payload is never quoted");
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        out.write(payload.json());
        return payload.size();
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        throw new UnsupportedOperationException("A payload is never quoted");
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer out) {
        byte[] json = payload.json();
        if (json.length > out.remaining()) {
            return -1;
        }
        out.put(json);
        return json.length;
    }
}
