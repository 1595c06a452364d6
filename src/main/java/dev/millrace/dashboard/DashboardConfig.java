package dev.millrace.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** Who may use the dashboard, and what it says it belongs to. */
@ConfigMapping(prefix = "millrace.dashboard")
public interface DashboardConfig {
    /** What the badge beside the name says, such as {@code production}: at most 24 characters; no badge when absent. */
    Optional<String> environment();

    /** Open pages that are told what changed as it happens, 0 to 100000; those beyond ask every few seconds. */
    @WithDefault("1000")
    int streams();

    /** Who may sign in, by name: 1 to 32 of A-Z a-z 0-9 . _ @ -. Without any, and without API keys, it is open. */
    Map<String, User> users();

    /** Somebody who may sign in. */
    interface User {
        /** {@code pbkdf2-sha256:ITERATIONS:SALT:HASH}, the last two in hexadecimal digits. */
        String passwordHash();

        /** {@code viewer}, {@code operator} or {@code admin}. */
        UserRole role();
    }

    /** What a user may do. */
    enum UserRole {
        VIEWER,
        OPERATOR,
        ADMIN
    }
}
