package dev.millrace.dashboard;

import dev.millrace.queue.StoreSecret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed tokens that say who signed in and until when. Every node on the store accepts them, and none any more as soon
 * as the user's password changes.
 */
@Singleton
class Sessions {
    static final Duration LENGTH = Duration.ofHours(12);

    private static final int SIGNATURE = 32;
    private static final int LONGEST = 256;

    private final Users users;
    private final InstantSource clock;
    private final byte[] key;

    Sessions(StoreSecret secret, Users users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
        this.key = sign(secret.bytes(), "dashboard session".getBytes(StandardCharsets.UTF_8));
    }

    /** {@code [A-Za-z0-9_-]+}. */
    String begin(String user) {
        byte[] content = (clock.instant().plus(LENGTH).getEpochSecond() + " " + user).getBytes(StandardCharsets.UTF_8);
        byte[] signature = sign(content, user);
        byte[] token = Arrays.copyOf(signature, SIGNATURE + content.length);
        System.arraycopy(content, 0, token, SIGNATURE, content.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Whose token this is; empty when it is none, over, or not valid any more. */
    Optional<Visitor> visitor(String token) {
        if (token == null || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            return bytes.length <= SIGNATURE ? Optional.empty() : visitor(bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Visitor> visitor(byte[] token) {
        byte[] content = Arrays.copyOfRange(token, SIGNATURE, token.length);
        String[] parts = new String(content, StandardCharsets.UTF_8).split(" ", 2);
        if (parts.length < 2
                || !MessageDigest.isEqual(sign(content, parts[1]), Arrays.copyOf(token, SIGNATURE))
                || !clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[0])))) {
            return Optional.empty();
        }
        return users.find(parts[1]);
    }

    private byte[] sign(byte[] content, String user) {
        byte[] stamp = users.stamp(user).getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(content, content.length + stamp.length);
        System.arraycopy(stamp, 0, signed, content.length, stamp.length);
        return sign(key, signed);
    }

    private static byte[] sign(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
