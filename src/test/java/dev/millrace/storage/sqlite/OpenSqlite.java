package dev.millrace.storage.sqlite;

import dev.millrace.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store in a directory of its own, for the tests of one class. */
public final class OpenSqlite implements BeforeAllCallback, AfterAllCallback {
    private Path directory;
    private Storage storage;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("millrace-sqlite");
        storage = SqliteStorage.open(SqliteSettings.of(directory));
    }

    public Storage storage() {
        return storage;
    }

    Path file() {
        return directory.resolve(SqliteStorage.FILE);
    }

    public void checkLayout(Set<String> queues) {
        SqliteLayout.check(file(), queues);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        storage.close();
        for (String name : directory.toFile().list()) {
            // SQLite takes its own -wal and -shm away as connections close, some of them only now.
            directory.resolve(name).toFile().delete();
        }
        directory.toFile().delete();
    }
}
