package dev.millrace.api;

import dev.millrace.testing.RedisServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.UUID;

/** A server on the Redis that this JVM's tests share, under a prefix of its own. */
public class RedisProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "millrace.store",
                "redis",
                "millrace.redis.url",
                RedisServer.shared(RedisServer.Kind.PLAIN).uri(),
                "millrace.redis.prefix",
                "t" + UUID.randomUUID().toString().substring(0, 8),
                "millrace.retention.expired.count",
                "50000");
    }
}
