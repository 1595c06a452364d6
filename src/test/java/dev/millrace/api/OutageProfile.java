package dev.millrace.api;

import dev.millrace.testing.RedisServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server on a Redis of its own, which tests may stop and fill. */
public class OutageProfile implements QuarkusTestProfile {
    /** Where tests find it: they run in another class loader than the profile, so no field is shared. */
    static final String PORT = "test.redis.port";

    static final String PID = "test.redis.pid";

    @Override
    public Map<String, String> getConfigOverrides() {
        // Asked more than once.
        if (System.getProperty(PORT) == null) {
            RedisServer redis = RedisServer.start(RedisServer.Kind.PLAIN);
            System.setProperty(PORT, Integer.toString(redis.port()));
            System.setProperty(PID, Long.toString(redis.pid()));
        }
        return Map.of(
                "millrace.store", "redis",
                "millrace.redis.url", "redis://127.0.0.1:" + System.getProperty(PORT),
                "millrace.redis.timeout", "PT3S");
    }
}
