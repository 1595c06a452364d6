package dev.millrace.storage.sqlite;

import dev.millrace.monitor.NoteLevelsContract;
import dev.millrace.monitor.contract.ErrorGroupContract;
import dev.millrace.monitor.contract.SeriesContract;
import dev.millrace.storage.Storage;
import dev.millrace.testing.Scene;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteSeriesStoreTest implements SeriesContract, ErrorGroupContract, NoteLevelsContract {
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
