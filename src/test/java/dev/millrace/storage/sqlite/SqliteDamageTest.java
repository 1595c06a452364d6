package dev.millrace.storage.sqlite;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.monitor.StoreCheck.Finding;
import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.testing.Taken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a disk, a copy or somebody has spoilt. */
class SqliteDamageTest {
    private static final int PAGE = 4096;
    private static final int SPOILT = 24;

    @TempDir
    Path directory;

    private Path file;
    private byte[] good;

    @BeforeEach
    void fill() throws IOException, SQLException {
        try (Storage storage = open()) {
            for (int i = 0; i < 60; i++) {
                submit(storage, "q" + i % 3, 20);
            }
            succeed(storage, lease(storage, "q0", 200));
        }
        file = directory.resolve(SqliteStorage.FILE);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        good = Files.readAllBytes(file);
    }

    @Test
    void fileThatIsNoDatabaseIsRefusedWithWhatToDo() throws IOException {
        Files.writeString(file, "This is a letter to my aunt. ".repeat(500));
        assertRefused();
        Files.write(file, new byte[good.length]);
        assertRefused();
    }

    /** The pool has room for one, and would say after a while that there is none left. */
    @Test
    void connectionThatCannotBePreparedIsGivenBack() throws IOException, SQLException {
        Files.writeString(file, "This is a letter to my aunt. ".repeat(500));
        try (Connections connections = new Connections(file, SqliteSettings.of(directory))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(connections::writer).hasMessageContaining("SQLITE_NOTADB");
            }
        }
    }

    @Test
    void fileThatWasCutOffIsRefusedWithWhatToDo() throws IOException {
        for (int kept : List.of(good.length - PAGE, good.length / 2, good.length / 2 + 100, 100)) {
            Files.write(file, java.util.Arrays.copyOf(good, kept));
            assertRefused();
        }
    }

    @Test
    void pagesThatWereOverwrittenAreFoundAtTheStartOrWhenTheyAreUsed() throws IOException {
        int atTheStart = 0;
        int inUse = 0;
        for (int seed = 0; seed < SPOILT; seed++) {
            Files.write(file, spoilt(seed));
            MillraceException refused = catchThrowableOfType(MillraceException.class, this::useAll);
            atTheStart += refused != null ? 1 : 0;
            inUse += refused == null && failed > 0 ? 1 : 0;
            if (refused != null) {
                assertThat(refused).hasMessageContaining("is damaged");
            }
        }
        System.out.printf(
                "figures: %d files of %d KiB, 64 bytes of one page overwritten: %d refused at the start, %d found in use,"
                        + " %d without consequence%n",
                SPOILT, good.length >> 10, atTheStart, inUse, SPOILT - atTheStart - inUse);
        assertThat(atTheStart).isPositive();
    }

    @Test
    void damageThatIsFoundInUseStopsSubmissionsAndIsTold() throws IOException {
        try (Storage storage = open()) {
            try (RandomAccessFile live = new RandomAccessFile(file.toFile(), "rw")) {
                for (long at = PAGE; at + PAGE <= live.length(); at += PAGE) {
                    live.seek(at);
                    live.write(new byte[PAGE]);
                }
            }
            for (int i = 0; i < 50 && storage.check().findings().isEmpty(); i++) {
                int queue = i % 3;
                swallow(() -> storage.tasks().list(TaskFilter.ofQueue("q" + queue, null), null, 500, now(storage)));
                swallow(() -> lease(storage, "q" + queue, 100));
            }
            assertThat(storage.check().findings())
                    .first()
                    .satisfies(found -> assertThat(found.code()).isEqualTo("sqlite-damaged"))
                    .extracting(Finding::sentence)
                    .asString()
                    .contains("restore a backup");
            assertThatThrownBy(() -> submit(storage, "q1", 1))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageMatching("The database (.* is damaged|cannot be used).*");
        }
    }

    @Test
    void backupOfASoundFileTakesTheDamagedOnesPlace() throws IOException {
        Path copy;
        try (Storage storage = open()) {
            copy = storage.backup().take(now(storage)).file();
        }
        Files.write(file, java.util.Arrays.copyOf(good, good.length / 2));
        assertRefused();
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(directory.resolve(SqliteStorage.FILE + end));
        }
        Files.copy(copy, file);
        try (Storage storage = open()) {
            assertThat(lease(storage, "q1", 1000)).hasSize(400);
            System.out.printf(
                    "figures: damaged file of %d KiB refused, a backup of %d KiB in its place: 400 of 400 tasks leased%n",
                    good.length >> 10, Files.size(copy) >> 10);
        }
    }

    /** Somewhere in the second half of one page, after the first. */
    private byte[] spoilt(int seed) {
        Random random = new Random(seed);
        byte[] bytes = good.clone();
        int page = 1 + random.nextInt(good.length / PAGE - 1);
        byte[] noise = new byte[64];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, page * PAGE + random.nextInt(PAGE - noise.length), noise.length);
        return bytes;
    }

    private int failed;

    /** Whatever is damaged, the call that meets it fails alone: with a refusal, or over a record that makes no sense. */
    private void useAll() {
        failed = 0;
        try (Storage storage = open()) {
            for (String queue : List.of("q0", "q1", "q2")) {
                swallow(() -> storage.tasks().list(TaskFilter.ofQueue(queue, null), null, 500, now(storage)));
                swallow(() -> storage.queues().find(queue, now(storage)));
                for (int i = 0; i < 5; i++) {
                    swallow(() -> succeed(storage, lease(storage, queue, 100)));
                }
            }
        }
    }

    private void swallow(Runnable call) {
        try {
            call.run();
        } catch (MillraceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            failed++;
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("The store failed");
            failed++;
        }
    }

    private void assertRefused() {
        assertThatThrownBy(this::open).isInstanceOfSatisfying(MillraceException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            assertThat(refused)
                    .hasMessageContainingAll("" + file, "is damaged", "restore a backup", "docs/operations.md");
            assertThat(refused.getMessage()).doesNotContain("\n");
        });
    }

    private Storage open() {
        return SqliteStorage.open(SqliteSettings.of(directory));
    }

    private static void submit(Storage storage, String queue, int count) {
        BatchId id =
                BatchId.make(now(storage), storage.queues().open(queue, now(storage)), ThreadLocalRandom.current());
        List<NewTask> tasks = Collections.nCopies(
                count, aTask().withPayload('"' + "x".repeat(200) + '"').build(now(storage)));
        Taken.of(storage.tasks().submit(List.of(new Batch(id, queue, tasks)), now(storage)));
    }

    private static List<Lease> lease(Storage storage, String queue, int max) {
        LeaseRequest request = new LeaseRequest(queue, max, Duration.ofMinutes(5), "worker", Lanes.ALL_TYPES);
        return storage.tasks().lease(request, now(storage));
    }

    private static void succeed(Storage storage, List<Lease> leases) {
        List<Settlement> ends = leases.stream()
                .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                .toList();
        storage.tasks().settle(ends, now(storage));
    }

    private static Instant now(Storage storage) {
        return storage.clock().instant();
    }
}
