package dev.millrace.api;

import dev.millrace.access.KeysForTests;
import java.util.HashMap;
import java.util.Map;

/** A server with one key per role, and some bound to queues. */
public class KeysProfile extends SqliteProfile {
    static final String BOUND_QUEUE = "bound";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        for (String role : new String[] {"viewer", "submitter", "worker", "operator", "admin"}) {
            key(settings, role, role);
            key(settings, "bound-" + role, role);
            settings.put("millrace.access.keys.bound-" + role + ".queues", BOUND_QUEUE);
        }
        key(settings, "second-submitter", "submitter");
        key(settings, "runner", "submitter,worker");
        return settings;
    }

    private static void key(Map<String, String> settings, String id, String roles) {
        settings.put("millrace.access.keys." + id + ".hash", KeysForTests.hash());
        settings.put("millrace.access.keys." + id + ".roles", roles);
    }
}
