package dev.millrace.storage.redis;

import dev.millrace.monitor.NoteLevelsContract;
import dev.millrace.monitor.contract.ErrorGroupContract;
import dev.millrace.monitor.contract.SeriesContract;
import dev.millrace.storage.Storage;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.Scene;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSeriesStoreTest implements SeriesContract, ErrorGroupContract, NoteLevelsContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    private final Scene scene = new Scene();

    @Override
    public Storage storage() {
        return REDIS.storage();
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
