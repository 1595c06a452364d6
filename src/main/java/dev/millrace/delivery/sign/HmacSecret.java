package dev.millrace.delivery.sign;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that sender and receiver share. */
final class HmacSecret implements SigningSecret {
    static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac keyed;

    HmacSecret(byte[] key) {
        if (key.length < SHORTEST || key.length > LONGEST) {
            throw new IllegalArgumentException("A whsec_ secret must hold 24 to 64 bytes, not " + key.length + ".");
        }
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }

    @Override
    public String sign(byte[] content) {
        try {
            Mac mac = (Mac) keyed.clone();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " cannot be cloned", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
