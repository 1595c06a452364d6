package dev.millrace.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * An {@code Idempotency-Key}: a structured string in quotes, or bare.
 *
 * @param value 1 to 255 visible characters or spaces
 * @param index of a task among those of one request; -1 for the only one
 */
record IdempotencyKey(String value, int index) {
    private static final int MAX = 255;

    /** Null without a header; a malformed one is refused. */
    static IdempotencyKey of(String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        String value = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? unquoted(text.substring(1, text.length() - 1))
                : text;
        if (value == null
                || value.isEmpty()
                || value.length() > MAX
                || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw Faults.one("/Idempotency-Key", "must be a string of 1 to 255 ASCII characters, in quotes or bare");
        }
        return new IdempotencyKey(value, -1);
    }

    IdempotencyKey at(int taskIndex) {
        return new IdempotencyKey(value, taskIndex);
    }

    /** 43 characters that stand for credential, queue, key and index. */
    String dedupeKey(String credential, String queue) {
        String whole = (credential == null ? "" : credential) + '\n' + queue + '\n' + index + '\n' + value;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String unquoted(String inner) {
        StringBuilder out = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\' && i + 1 < inner.length() && (inner.charAt(i + 1) == '"' || inner.charAt(i + 1) == '\\')) {
                out.append(inner.charAt(++i));
            } else if (c == '"' || c == '\\') {
                return null;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
