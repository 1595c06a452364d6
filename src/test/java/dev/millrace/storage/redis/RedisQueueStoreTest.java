package dev.millrace.storage.redis;

import dev.millrace.queue.contract.QueueStoreContract;
import dev.millrace.queue.contract.WakeupsContract;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisQueueStoreTest extends OnRedis implements QueueStoreContract, WakeupsContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    RedisQueueStoreTest() {
        super(REDIS);
    }
}
