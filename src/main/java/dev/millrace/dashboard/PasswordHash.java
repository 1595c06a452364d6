package dev.millrace.dashboard;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A stored password: {@code pbkdf2-sha256:ITERATIONS:SALT:HASH}.
 *
 * @param iterations 100,000 to 10,000,000
 */
record PasswordHash(int iterations, byte[] salt, byte[] hash) {
    /** Of nobody: costs as much to compare as a real one. */
    static final PasswordHash NOBODY = new PasswordHash(600_000, new byte[16], new byte[32]);

    private static final Pattern FORM = Pattern.compile(
            "pbkdf2-sha256:(\\d{6,8}):((?:[0-9a-f]{2}){8,64}):([0-9a-f]{64})", Pattern.CASE_INSENSITIVE);
    private static final int MOST = 10_000_000;

    /** Empty when it is not one. */
    static Optional<PasswordHash> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int iterations = Integer.parseInt(matcher.group(1));
        HexFormat hex = HexFormat.of();
        return iterations < 100_000 || iterations > MOST
                ? Optional.empty()
                : Optional.of(
                        new PasswordHash(iterations, hex.parseHex(matcher.group(2)), hex.parseHex(matcher.group(3))));
    }

    /** Takes about as long for a wrong password as for the right one. */
    boolean fits(String password) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, hash.length * 8);
        try {
            byte[] given = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            return MessageDigest.isEqual(given, hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** Never shows itself. */
    @Override
    public String toString() {
        return "PasswordHash";
    }
}
