package dev.millrace.storage.redis;

import dev.millrace.queue.contract.TwoNodesContract;
import dev.millrace.storage.Storage;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.Scene;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisTwoNodesTest implements TwoNodesContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    private static Storage second;

    private final Scene scene = new Scene();

    @BeforeAll
    static void openAgain() {
        second = RedisStorage.open(REDIS.vertx(), REDIS.settings());
    }

    @AfterAll
    static void closeAgain() {
        second.close();
    }

    @Override
    public Storage storage() {
        return REDIS.storage();
    }

    @Override
    public Storage second() {
        return second;
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public void checkLayout(Set<String> queues) {
        REDIS.checkLayout(queues);
    }
}
