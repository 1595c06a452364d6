package dev.millrace.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as a caller presents it: {@code mrk_ID_SECRET}. The id finds the stored hash; the secret has enough entropy
 * that a plain SHA-256 of it is safe to store.
 */
record ApiKey(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("mrk_([a-z0-9-]{1,32})_([A-Za-z0-9]{32,128})");
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    static Optional<ApiKey> parse(String presented) {
        Matcher matcher = FORM.matcher(presented);
        return matcher.matches() ? Optional.of(new ApiKey(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The id alone: secrets are never logged. */
    @Override
    public String toString() {
        return "ApiKey[" + id + "]";
    }
}
