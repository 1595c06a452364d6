package dev.millrace.dashboard;

import dev.millrace.api.SqliteProfile;
import java.util.HashMap;
import java.util.Map;

/** A dashboard with users, and neither worker nor scheduler, on a SQLite file of its own. */
public class GuardedProfile extends SqliteProfile {
    static final String PASSWORD = "correct horse";

    /** Of {@link #PASSWORD}, with the fewest iterations there may be. */
    private static final String HASH =
            "pbkdf2-sha256:100000:000102030405060708090a0b0c0d0e0f:57f2c2f0739748d516419b062a884666323c583ea4ae165504a81f7b53c62a09";

    @Override
    public Map<String, String> getConfigOverrides() {
        return guarded(super.getConfigOverrides());
    }

    /** With these settings of the store. */
    static Map<String, String> guarded(Map<String, String> store) {
        Map<String, String> settings = new HashMap<>(store);
        settings.put("millrace.role.worker", "false");
        settings.put("millrace.role.scheduler", "false");
        settings.put("millrace.node.id", "green");
        settings.put("millrace.dashboard.environment", "staging");
        for (String role : new String[] {"viewer", "operator", "admin"}) {
            settings.put("millrace.dashboard.users." + role + ".role", role);
            settings.put("millrace.dashboard.users." + role + ".password-hash", HASH);
        }
        return settings;
    }
}
