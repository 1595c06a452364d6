package dev.millrace.storage.redis;

import dev.millrace.cluster.contract.NodeStoreContract;
import dev.millrace.cluster.contract.StandstillContract;
import dev.millrace.delivery.contract.AccountStoreContract;
import dev.millrace.delivery.contract.SecretContract;
import dev.millrace.monitor.DoctorContract;
import dev.millrace.monitor.contract.LogStoreContract;
import dev.millrace.monitor.contract.StoreCheckContract;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisNodeStoreTest extends OnRedis
        implements NodeStoreContract,
                StandstillContract,
                LogStoreContract,
                SecretContract,
                AccountStoreContract,
                StoreCheckContract,
                DoctorContract {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    RedisNodeStoreTest() {
        super(REDIS);
    }
}
