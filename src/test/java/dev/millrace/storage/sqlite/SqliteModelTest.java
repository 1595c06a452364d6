package dev.millrace.storage.sqlite;

import dev.millrace.storage.Storage;
import dev.millrace.storage.model.BrokenPromises;
import dev.millrace.storage.model.ModelCheck;
import dev.millrace.storage.model.Nodes;
import dev.millrace.storage.sqlite.SqliteSettings.Synchronous;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteModelTest implements ModelCheck, BrokenPromises, Nodes {
    @TempDir
    Path directory;

    private Storage storage;

    @Override
    public Nodes nodes() {
        return this;
    }

    @Override
    public Storage node(int number) {
        storage = storage == null ? open() : storage;
        return storage;
    }

    private Storage open() {
        return SqliteStorage.open(new SqliteSettings(directory, Synchronous.NORMAL, 1), java.time.Clock.systemUTC());
    }

    @Override
    public void restart(int number) {
        storage.close();
        storage = open();
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public void checkLayout(Set<String> queues) {
        SqliteLayout.check(directory.resolve(SqliteStorage.FILE), queues);
    }

    @AfterEach
    void close() {
        storage.close();
    }
}
