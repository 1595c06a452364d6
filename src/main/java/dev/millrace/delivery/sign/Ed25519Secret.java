package dev.millrace.delivery.sign;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A private key of ours; receivers have the public one and can sign nothing. */
final class Ed25519Secret implements SigningSecret {
    static final String PREFIX = "whsk_";
    private static final String ALGORITHM = "Ed25519";
    private static final int HALF = 32;

    private final PrivateKey key;

    /**
     * @param pair 32 bytes of private key (the seed), then the 32 of its public key
     */
    Ed25519Secret(byte[] pair) {
        if (pair.length != 2 * HALF) {
            throw new IllegalArgumentException("A whsk_ secret must hold 64 bytes, not " + pair.length + ".");
        }
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            byte[] seed = Arrays.copyOf(pair, HALF);
            key = keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            PublicKey other = keys.generatePublic(publicKey(Arrays.copyOfRange(pair, HALF, 2 * HALF)));
            byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(other);
            check.update(probe);
            if (!check.verify(signature(probe))) {
                throw new IllegalArgumentException("The two halves of the whsk_ secret do not belong together.");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The whsk_ secret is no ed25519 key pair.", e);
        }
    }

    private static EdECPublicKeySpec publicKey(byte[] littleEndian) {
        byte[] bytes = new byte[HALF];
        for (int i = 0; i < HALF; i++) {
            bytes[i] = littleEndian[HALF - 1 - i];
        }
        boolean odd = (bytes[0] & 0x80) != 0;
        bytes[0] &= 0x7F;
        return new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bytes)));
    }

    private byte[] signature(byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    @Override
    public String sign(byte[] content) {
        try {
            return "v1a," + Base64.getEncoder().encodeToString(signature(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is not available", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
