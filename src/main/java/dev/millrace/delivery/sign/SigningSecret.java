package dev.millrace.delivery.sign;

import java.util.Base64;

/** A key to sign with, as Standard Webhooks 1.0 writes them. Never shows itself. */
public sealed interface SigningSecret permits HmacSecret, Ed25519Secret {
    /**
     * Reads {@code whsec_} with 24 to 64 bytes for HMAC-SHA256, or {@code whsk_} with the 64 bytes of an ed25519 key pair,
     * both in base64.
     *
     * @throws IllegalArgumentException with a sentence that does not repeat the text
     */
    static SigningSecret parse(String text) {
        if (text.startsWith(HmacSecret.PREFIX)) {
            return new HmacSecret(decode(text.substring(HmacSecret.PREFIX.length())));
        }
        if (text.startsWith(Ed25519Secret.PREFIX)) {
            return new Ed25519Secret(decode(text.substring(Ed25519Secret.PREFIX.length())));
        }
        throw new IllegalArgumentException(
                "A signing secret starts with whsec_ (HMAC) or whsk_ (ed25519), followed by base64.");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("What follows a signing secret's prefix must be base64.", e);
        }
    }

    /** The signature with its version before it, such as {@code v1,BASE64}. */
    String sign(byte[] content);
}
