package dev.millrace.worker;

import dev.millrace.storage.Storage;
import dev.millrace.storage.redis.OpenRedis;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.Scene;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRunTest implements RunContract, NotesContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(RedisServer.Kind.PLAIN);

    @Override
    public Storage storage() {
        return REDIS.storage();
    }

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
