package dev.millrace.worker;

import dev.millrace.storage.Storage;
import dev.millrace.storage.redis.OpenRedis;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.Scene;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisWorkerTest implements WorkerContract, CourierContract, DrainContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(RedisServer.Kind.PLAIN);

    @Override
    public Storage storage() {
        return REDIS.storage();
    }

    @BeforeEach
    void openAnother() {
        other = REDIS.another();
    }

    @AfterEach
    void closeTheOther() {
        other.close();
    }

    @Override
    public Storage otherNode() {
        return other;
    }

    private Storage other;
    private final Scene scene = new Scene();

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public void checkLayout(Set<String> queues) {
        REDIS.checkLayout(queues);
    }
}
