package dev.millrace.storage.redis;

import dev.millrace.monitor.NoteLevelsContract;
import dev.millrace.monitor.contract.ErrorGroupContract;
import dev.millrace.monitor.contract.SeriesContract;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSeriesStoreTest extends OnRedis implements SeriesContract, ErrorGroupContract, NoteLevelsContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    RedisSeriesStoreTest() {
        super(REDIS);
    }
}
