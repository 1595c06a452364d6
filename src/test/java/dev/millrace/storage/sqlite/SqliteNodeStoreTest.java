package dev.millrace.storage.sqlite;

import dev.millrace.cluster.contract.NodeStoreContract;
import dev.millrace.cluster.contract.StandstillContract;
import dev.millrace.delivery.contract.AccountStoreContract;
import dev.millrace.delivery.contract.SecretContract;
import dev.millrace.monitor.DoctorContract;
import dev.millrace.monitor.contract.LogStoreContract;
import dev.millrace.monitor.contract.StoreCheckContract;
import dev.millrace.storage.Storage;
import dev.millrace.testing.Scene;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteNodeStoreTest
        implements NodeStoreContract,
                StandstillContract,
                LogStoreContract,
                SecretContract,
                AccountStoreContract,
                StoreCheckContract,
                DoctorContract {
    @RegisterExtension
    static final OpenSqlite SQLITE = new OpenSqlite();

    private final Scene scene = new Scene();

    @Override
    public Storage storage() {
        return SQLITE.storage();
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public void checkLayout(Set<String> queues) {
        SQLITE.checkLayout(queues);
    }
}
