package dev.millrace.storage.sqlite;

import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.storage.FormerStoreContract;
import dev.millrace.storage.Storage;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class FormerSqliteTest implements FormerStoreContract {
    @TempDir
    Path directory;

    @Override
    public Storage former(Retention usual) throws Exception {
        try (Connection connection = SqliteOpenTest.connect(directory);
                var statement = connection.createStatement()) {
            for (String sql : FormerStoreContract.recorded("store.sql").split(";\n")) {
                statement.addBatch(sql);
            }
            statement.executeBatch();
        }
        return SqliteStorage.open(SqliteSettings.of(directory).withUsual(usual), () -> NOW);
    }

    @Override
    public void checkLayout(Set<String> queues) {
        SqliteLayout.check(directory.resolve(SqliteStorage.FILE), queues);
    }
}
