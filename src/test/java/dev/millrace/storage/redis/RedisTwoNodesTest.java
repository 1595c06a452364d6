package dev.millrace.storage.redis;

import dev.millrace.queue.contract.TwoNodesContract;
import dev.millrace.storage.Storage;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisTwoNodesTest extends OnRedis implements TwoNodesContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    private static Storage second;

    RedisTwoNodesTest() {
        super(REDIS);
    }

    @BeforeAll
    static void openAgain() {
        second = RedisStorage.open(REDIS.vertx(), REDIS.settings());
    }

    @AfterAll
    static void closeAgain() {
        second.close();
    }

    @Override
    public Storage second() {
        return second;
    }
}
