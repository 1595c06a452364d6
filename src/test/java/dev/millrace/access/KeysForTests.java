package dev.millrace.access;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes rings of keys without a configuration file. */
public final class KeysForTests {
    public static final String SECRET = "0123456789abcdefghijABCDEFGHIJ0123456789xyz";

    private KeysForTests() {}

    /** What a caller sends for a key of this id. */
    public static String bearer(String id) {
        return "mrk_" + id + "_" + SECRET;
    }

    public static String hash() {
        return HexFormat.of().formatHex(new ApiKey("any", SECRET).hash());
    }

    /** Of a server without keys. */
    public static KeyRing none() {
        return ring(Map.of());
    }

    static KeyRing ring(Map<String, AccessConfig.Key> keys) {
        return new KeyRing(() -> keys);
    }

    static AccessConfig.Key key(String hash, Set<Role> roles, Set<String> queues) {
        return new AccessConfig.Key() {
            @Override
            public String hash() {
                return hash;
            }

            @Override
            public Set<Role> roles() {
                return roles;
            }

            @Override
            public Optional<Set<String>> queues() {
                return Optional.ofNullable(queues);
            }
        };
    }
}
