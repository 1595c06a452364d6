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
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisClusterStoresTest extends OnRedis
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

    RedisClusterStoresTest() {
        super(REDIS);
    }
}
