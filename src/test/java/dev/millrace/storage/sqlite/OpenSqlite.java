package dev.millrace.storage.sqlite;

import dev.millrace.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
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
    public void afterAll(ExtensionContext context) throws IOException {
        storage.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(OpenSqlite::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
