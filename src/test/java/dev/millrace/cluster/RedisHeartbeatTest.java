package dev.millrace.cluster;

import dev.millrace.storage.Storage;
import dev.millrace.storage.redis.OpenRedis;
import dev.millrace.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisHeartbeatTest implements HeartbeatContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(RedisServer.Kind.PLAIN);

    @Override
    public Storage storage() {
        return REDIS.storage();
    }
}
