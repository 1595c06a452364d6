package dev.millrace.access;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may call. Without any key the server is open, and listens on loopback only. */
@ConfigMapping(prefix = "millrace.access")
public interface AccessConfig {
    /** API keys by id: 1 to 32 of a-z 0-9 -. A caller sends {@code mrk_ID_SECRET} as bearer token. */
    Map<String, Key> keys();

    /** One API key. */
    interface Key {
        /** SHA-256 of the secret alone, 64 hexadecimal digits. The secret itself is 32 to 128 of A-Z a-z 0-9. */
        String hash();

        /** What it may do: viewer, submitter, worker, operator, admin. */
        Set<Role> roles();

        /** The only queues it may use. All when absent. */
        Optional<Set<String>> queues();
    }
}
