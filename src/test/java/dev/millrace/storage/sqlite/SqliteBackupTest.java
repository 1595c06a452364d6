package dev.millrace.storage.sqlite;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.monitor.StoreBackup;
import dev.millrace.monitor.StoreCheck;
import dev.millrace.queue.Batch;
import dev.millrace.storage.Storage;
import dev.millrace.storage.sqlite.SqliteSettings.Synchronous;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import dev.millrace.testing.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest {
    private static final String QUEUE = "q";

    @TempDir
    Path directory;

    private final ConcurrentLinkedQueue<TaskId> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void copyUnderLoadIsWholeAndHoldsWhatWasAcknowledgedBefore() throws Exception {
        List<TaskId> before;
        StoreBackup.Copy copy;
        try (Storage storage = SqliteStorage.open(SqliteSettings.of(directory.resolve("live")))) {
            AtomicBoolean enough = new AtomicBoolean();
            Thread load = Thread.ofPlatform().start(() -> {
                while (!enough.get()) {
                    submit(storage);
                }
            });
            while (acknowledged.size() < 2000) {
                Thread.onSpinWait();
            }
            before = List.copyOf(acknowledged);
            copy = storage.backup().take(storage.clock().instant());
            enough.set(true);
            load.join();
        }
        assertThat(copy.bytes()).isEqualTo(Files.size(copy.file())).isPositive();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.file())))
                .isEqualTo("rw-------");
        assertThat(check(copy.file())).isEqualTo("ok");
        assertRestored(copy.file(), before);
    }

    private void assertRestored(Path copy, List<TaskId> before) throws IOException {
        Path restored = Files.createDirectories(directory.resolve("restored"));
        Files.copy(copy, restored.resolve(SqliteStorage.FILE));
        try (Storage storage = SqliteStorage.open(SqliteSettings.of(restored))) {
            for (int from = 0; from < before.size(); from += 500) {
                List<TaskId> some = before.subList(from, Math.min(before.size(), from + 500));
                assertThat(storage.tasks().find(some, false)).hasSize(some.size());
            }
            acknowledged.clear();
            submit(storage);
            assertThat(acknowledged).isNotEmpty();
        }
    }

    @Test
    void backupThatIsPutBackIsToldApartFromTheFileThatWasUsedLast() throws IOException {
        SqliteSettings settings = SqliteSettings.of(directory);
        Path copy;
        try (Storage storage = SqliteStorage.open(settings)) {
            submit(storage);
            copy = storage.backup().take(storage.clock().instant()).file();
            submit(storage);
        }
        try (Storage storage = SqliteStorage.open(settings)) {
            assertThat(storage.check().rollbacks()).as("a restart").isZero();
        }
        restore(copy);
        try (Storage storage = SqliteStorage.open(settings)) {
            assertThat(storage.check().rollbacks()).isEqualTo(1);
            assertThat(storage.check().findings())
                    .first()
                    .extracting(StoreCheck.Finding::code)
                    .isEqualTo("store-rollback");
            List<TaskId> all = List.copyOf(acknowledged);
            assertThat(storage.tasks().find(all, false).keySet())
                    .containsExactlyInAnyOrderElementsOf(all.subList(0, all.size() / 2));
            submit(storage);
        }
        try (Storage storage = SqliteStorage.open(settings)) {
            assertThat(storage.check().rollbacks()).as("the start after that").isZero();
        }
        Files.write(directory.resolve(SqliteStorage.FILE), new byte[0]);
        try (Storage storage = SqliteStorage.open(settings)) {
            assertThat(storage.check().rollbacks()).as("an emptied file").isEqualTo(1);
        }
    }

    /** As docs/operations.md says. */
    private void restore(Path copy) throws IOException {
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(directory.resolve(SqliteStorage.FILE + end));
        }
        Files.copy(copy, directory.resolve(SqliteStorage.FILE));
    }

    @Test
    void whatAnInterruptedCopyLeftIsTakenAway() throws IOException {
        try (Storage storage = SqliteStorage.open(SqliteSettings.of(directory))) {
            Path backups = Files.createDirectories(directory.resolve("backups"));
            Files.writeString(backups.resolve("millrace-x.db.part"), "half");
            Path first = storage.backup()
                    .take(Instant.parse("2026-11-21T01:02:03.004Z"))
                    .file();
            Path second =
                    storage.backup().take(Instant.parse("2026-11-21T01:02:04Z")).file();

            assertThat(first).hasFileName("millrace-20261121T010203.004Z.db");
            try (Stream<Path> files = Files.list(backups)) {
                assertThat(files.map(Path::toAbsolutePath)).containsExactlyInAnyOrder(first, second);
            }
        }
    }

    @Test
    void diskWithoutRoomIsSaid() {
        SqliteSettings settings = new SqliteSettings(directory, Synchronous.FULL, 1, Long.MAX_VALUE / 2);
        try (Storage storage = SqliteStorage.open(settings)) {
            assertThatThrownBy(() -> storage.backup().take(storage.clock().instant()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FULL));
        }
    }

    private void submit(Storage storage) {
        Instant now = storage.clock().instant();
        BatchId id = BatchId.make(now, storage.queues().open(QUEUE, now), ThreadLocalRandom.current());
        List<NewTask> tasks =
                Collections.nCopies(20, aTask().withPayload("\"some payload\"").build(now));
        Taken.of(storage.tasks().submit(List.of(new Batch(id, QUEUE, tasks)), now));
        for (int i = 0; i < tasks.size(); i++) {
            acknowledged.add(id.at(i));
        }
    }

    private static String check(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet answer = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
            return answer.getString(1);
        }
    }
}
