package dev.millrace.access;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The API keys there are. */
@Singleton
public class KeyRing {
    private static final int HASH_BYTES = 32;
    private static final Stored NOBODY = new Stored(new byte[HASH_BYTES], null);

    private final Map<String, Stored> keys;

    /** @throws MillraceException with a sentence about the first key that is not well-formed */
    KeyRing(AccessConfig config) {
        Map<String, Stored> read = new HashMap<>();
        config.keys().forEach((id, key) -> read.put(id, stored(id, key)));
        keys = Map.copyOf(read);
    }

    /** No key is configured: whoever reaches the server may do everything. */
    public boolean isOpen() {
        return keys.isEmpty();
    }

    /**
     * Whose key this is. Takes as long for an unknown id as for a wrong secret.
     *
     * @param presented the bearer token
     */
    public Optional<Credential> credentialOf(String presented) {
        return ApiKey.parse(presented).flatMap(key -> {
            Stored stored = keys.getOrDefault(key.id(), NOBODY);
            boolean same = MessageDigest.isEqual(stored.hash(), key.hash());
            return same ? Optional.ofNullable(stored.credential()) : Optional.empty();
        });
    }

    private static Stored stored(String id, AccessConfig.Key key) {
        String name = "millrace.access.keys." + id;
        if (!ApiKey.isId(id)) {
            throw malformed(name + ": a key's id is 1 to 32 of a-z 0-9 -.");
        }
        if (key.roles().isEmpty()) {
            throw malformed(name + ".roles: name at least one role.");
        }
        Credential credential = new Credential(
                id, key.roles(), key.queues().map(java.util.Set::copyOf).orElse(null));
        return new Stored(hash(name + ".hash", key.hash()), credential);
    }

    private static byte[] hash(String name, String hex) {
        try {
            byte[] hash = HexFormat.of().parseHex(hex.strip());
            if (hash.length == HASH_BYTES) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(name + ": not hexadecimal.");
        }
        throw malformed(name + ": the SHA-256 of the secret has 64 hexadecimal digits, this has " + hex.length() + ".");
    }

    private static MillraceException malformed(String sentence) {
        return new MillraceException(ErrorCode.INVALID_REQUEST, sentence);
    }

    private record Stored(byte[] hash, Credential credential) {}
}
