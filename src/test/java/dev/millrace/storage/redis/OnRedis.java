package dev.millrace.storage.redis;

import dev.millrace.storage.Storage;
import dev.millrace.testing.Scene;
import dev.millrace.testing.StoreFixture;
import java.util.Set;

/** What contracts stand on where the store is Redis. */
abstract class OnRedis implements StoreFixture {
    private final OpenRedis redis;
    private final Scene scene = new Scene();

    /**
     * @param redis of the test's class
     */
    OnRedis(OpenRedis redis) {
        this.redis = redis;
    }

    @Override
    public Storage storage() {
        return redis.storage();
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public void checkLayout(Set<String> queues) {
        redis.checkLayout(queues);
    }
}
