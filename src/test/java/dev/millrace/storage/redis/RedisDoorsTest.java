package dev.millrace.storage.redis;

import dev.millrace.queue.DoorsContract;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisDoorsTest extends OnRedis implements DoorsContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    RedisDoorsTest() {
        super(REDIS);
    }
}
