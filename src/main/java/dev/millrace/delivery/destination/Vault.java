package dev.millrace.delivery.destination;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts signing secrets for the store: AES-GCM with the first of the node's keys, a fresh nonce each, bound to the
 * name of the destination. All of the keys open, so that one can be changed for another. Without keys secrets stay as
 * they are.
 */
public final class Vault {
    /** Leaves secrets as they are. */
    public static final Vault NONE = new Vault(List.of());

    private static final String MARK = "sealed:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int NAME_BYTES = 4;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /**
     * @param keys 32 bytes each in base64, the one to encrypt with first; empty for none
     * @throws IllegalArgumentException for what is no key, with a sentence that does not repeat it
     */
    public Vault(List<String> keys) {
        for (String text : keys) {
            byte[] key = key(text.strip());
            this.keys.put(nameOf(key), new SecretKeySpec(key, "AES"));
        }
    }

    private static byte[] key(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the same words.
        }
        throw new IllegalArgumentException("millrace.delivery.secret-keys must be keys of " + KEY_BYTES
                + " bytes in base64: head -c 32 /dev/urandom | base64");
    }

    /** Tells keys apart and says nothing of them. */
    private static String nameOf(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    static boolean isSealed(String kept) {
        return kept.startsWith(MARK);
    }

    /** Sealed with the first key, or there is none. */
    boolean isAsItShould(String kept) {
        return keys.isEmpty() || kept.startsWith(MARK + keys.keySet().iterator().next() + ":");
    }

    String seal(String secret, String destination) {
        if (keys.isEmpty() || isSealed(secret)) {
            return secret;
        }
        Map.Entry<String, SecretKeySpec> key = keys.entrySet().iterator().next();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, key.getValue(), nonce, destination, bytes(secret))
                .orElseThrow();
        byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return MARK + key.getKey() + ":" + Base64.getEncoder().encodeToString(all);
    }

    /** What was sealed for this destination; as it is, when it is not sealed, or no key opens it. */
    String open(String kept, String destination) {
        if (!isSealed(kept)) {
            return kept;
        }
        String[] parts = kept.substring(MARK.length()).split(":", 2);
        SecretKeySpec key = keys.get(parts[0]);
        if (key == null || parts.length < 2) {
            return kept;
        }
        byte[] all = Base64.getDecoder().decode(parts[1]);
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
        return run(Cipher.DECRYPT_MODE, key, nonce, destination, sealed)
                .map(secret -> new String(secret, StandardCharsets.UTF_8))
                .orElse(kept);
    }

    /** Empty when it was sealed with another key or for another destination. */
    private static Optional<byte[]> run(int mode, SecretKeySpec key, byte[] nonce, String destination, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bytes(destination));
            return Optional.of(cipher.doFinal(text));
        } catch (javax.crypto.AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(CIPHER + " is not available", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
