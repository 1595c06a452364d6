package dev.millrace.storage.redis;

import dev.millrace.queue.contract.TaskStoreContract;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisClusterTaskStoreTest extends OnRedis implements TaskStoreContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.CLUSTER);

    RedisClusterTaskStoreTest() {
        super(REDIS);
    }
}
