package dev.millrace.storage.redis;

import dev.millrace.cluster.contract.NodeStoreContract;
import dev.millrace.cluster.contract.StandstillContract;
import dev.millrace.delivery.contract.AccountStoreContract;
import dev.millrace.delivery.contract.DestinationStoreContract;
import dev.millrace.monitor.contract.ErrorGroupContract;
import dev.millrace.monitor.contract.LogStoreContract;
import dev.millrace.monitor.contract.SeriesContract;
import dev.millrace.monitor.contract.StoreCheckContract;
import dev.millrace.queue.contract.QueueStoreContract;
import dev.millrace.queue.contract.WakeupsContract;
import dev.millrace.storage.Storage;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.Scene;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisClusterStoresTest
        implements QueueStoreContract,
                WakeupsContract,
                SeriesContract,
                ErrorGroupContract,
                NodeStoreContract,
                StandstillContract,
                LogStoreContract,
                DestinationStoreContract,
                AccountStoreContract,
                StoreCheckContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.CLUSTER);

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
