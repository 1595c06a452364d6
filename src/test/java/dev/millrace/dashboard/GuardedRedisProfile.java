package dev.millrace.dashboard;

import dev.millrace.api.RedisProfile;
import dev.millrace.testing.RedisServer;
import java.util.HashMap;
import java.util.Map;

/** The same on a Redis that keeps nothing. */
public class GuardedRedisProfile extends RedisProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put(
                "millrace.redis.url",
                RedisServer.shared(RedisServer.Kind.VOLATILE).uri());
        return GuardedProfile.guarded(settings);
    }
}
