package dev.millrace.queue;

import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lease tokens on the wire: task, generation and a signature, so that knowing a task's id is not enough to end its lease,
 * and a token that was never given is told from one that is out of date without asking the store.
 */
@ApplicationScoped
public class LeaseTokens {
    private static final int BODY = 20;
    private static final int SIGNATURE = 10;
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac keyed;

    public LeaseTokens(StoreSecret secret) {
        keyed = mac(secret.bytes());
    }

    /** 40 characters of {@code A-Z a-z 0-9 _ -}. */
    public String encode(LeaseToken token) {
        BatchId batch = BatchId.of(token.task()).orElseThrow();
        byte[] bytes = ByteBuffer.allocate(BODY + SIGNATURE)
                .put(batch.bytes())
                .putInt(token.generation())
                .array();
        bytes[15] |= (byte) BatchId.index(token.task());
        System.arraycopy(signature(bytes), 0, bytes, BODY, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws MillraceException {@code LEASE_NOT_FOUND} for a token that was never given */
    public LeaseToken decode(String wire) {
        byte[] bytes = bytes(wire);
        byte[] given = Arrays.copyOfRange(bytes, BODY, BODY + SIGNATURE);
        if (!MessageDigest.isEqual(given, Arrays.copyOf(signature(bytes), SIGNATURE))) {
            throw neverGiven();
        }
        int index = bytes[15] & 0x7F;
        bytes[15] &= (byte) 0x80;
        BatchId batch = BatchId.ofBytes(Arrays.copyOf(bytes, 16));
        return new LeaseToken(batch.at(index), ByteBuffer.wrap(bytes, 16, 4).getInt());
    }

    private static byte[] bytes(String wire) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(wire);
            if (bytes.length == BODY + SIGNATURE) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw neverGiven();
        }
        throw neverGiven();
    }

    private byte[] signature(byte[] bytes) {
        try {
            Mac mac = (Mac) keyed.clone();
            mac.update(bytes, 0, BODY);
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " cannot be cloned", e);
        }
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }

    private static MillraceException neverGiven() {
        return new MillraceException(ErrorCode.LEASE_NOT_FOUND, "This lease token was never given.");
    }
}
