package dev.millrace.lambda;

import dev.millrace.access.KeysForTests;
import dev.millrace.testing.RedisServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The function on a real Redis, with a key for those who wake it and one for those who may not. */
public class LambdaProfile implements QuarkusTestProfile {
    static final RedisServer REDIS = RedisServer.shared(RedisServer.Kind.PLAIN);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "millrace.redis.url",
                REDIS.uri(),
                "millrace.access.keys.kick.hash",
                KeysForTests.hash(),
                "millrace.access.keys.kick.roles",
                "worker",
                "millrace.access.keys.client.hash",
                KeysForTests.hash(),
                "millrace.access.keys.client.roles",
                "submitter",
                "quarkus.lambda.mock-event-server.test-port",
                "0");
    }
}
