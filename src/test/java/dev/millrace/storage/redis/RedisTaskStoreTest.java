package dev.millrace.storage.redis;

import dev.millrace.queue.contract.TaskStoreContract;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisTaskStoreTest extends OnRedis implements TaskStoreContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    RedisTaskStoreTest() {
        super(REDIS);
    }
}
