package dev.millrace.storage.sqlite;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.storage.sqlite.SqliteSettings.Synchronous;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.testing.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that really runs out of room: one in memory, which nobody else fills at the same time. */
class SqliteDiskTest {
    private static final long ROOM = 24L << 20;
    private static final Semaphore NEVER = new Semaphore(0);

    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "millrace-disk-");
    }

    @AfterEach
    void remove() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Test
    void fullDiskLetsWhatRunsEndAndTakesTasksAgainWhenThereIsRoom() throws Exception {
        long floor = Files.getFileStore(directory).getUsableSpace() - ROOM;
        try (Storage storage = SqliteStorage.open(new SqliteSettings(directory, Synchronous.FULL, 1, floor))) {
            submit(storage, "keep", 2);
            List<Lease> leases = lease(storage, "keep");
            assertThatThrownBy(() -> fill(storage))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            full -> assertThat(full.code()).isEqualTo(ErrorCode.STORE_FULL));

            assertThat(settle(storage, leases)).containsOnly(Settled.Result.DONE);
            Change delete = new Change.Delete(leases.getFirst().task().id(), null);
            assertThat(storage.tasks().change(List.of(delete), now(storage)))
                    .extracting(Changed::result)
                    .containsExactly(Changed.Result.DONE);
            assertThat(storage.queues().delete("fill", true)).isEqualTo(QueueStore.Deleted.DONE);

            awaitRoom(storage);
        }
    }

    @Test
    void fullDiskDoesNotKeepTheMarkFromBeingLookedAt() throws SQLException {
        SqliteStorage.open(SqliteSettings.of(directory)).close();
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            FileMark mark = new FileMark(lock);
            long noted = lock.noted();

            mark.begin(full());

            assertThat(mark.setBack()).isTrue();
            assertThat(lock.noted()).isEqualTo(noted);
        }
    }

    /** One whose file may not grow, with no room where the mark would stand; the caller's to close. */
    private Connection full() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteStorage.FILE));
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 1");
            statement.executeUpdate("DELETE FROM meta WHERE key = 'mark'");
            int row = 0;
            for (int size : List.of(2_000, 200, 20, 0)) {
                try {
                    for (; row < 1_000; row++) {
                        statement.executeUpdate("INSERT INTO meta VALUES ('m%03d', zeroblob(%d))".formatted(row, size));
                    }
                } catch (SQLException e) {
                    assertThat(SqliteErrors.full(e)).isTrue();
                }
            }
            assertThat(row).isLessThan(1_000);
        }
        return connection;
    }

    @Test
    void reserveOfAnEarlierRunIsGivenToo() {
        new Reserve(directory).lay();

        assertThat(new Reserve(directory).give()).isTrue();
        assertThat(directory.resolve("reserve")).doesNotExist();
    }

    @Test
    void whoeverLooksWhetherThereIsRoomLaysTheReserve() throws InterruptedException {
        DiskFloor floor =
                DiskFloor.of(new SqliteSettings(directory, Synchronous.FULL, 1, 1), new Reserve(directory), () -> 0);

        NEVER.tryAcquire(1_100, TimeUnit.MILLISECONDS);

        assertThat(floor.isReached()).isFalse();
        assertThat(directory.resolve("reserve")).exists();
    }

    private static void fill(Storage storage) {
        for (int i = 0; i < 1000; i++) {
            submit(storage, "fill", 20);
        }
    }

    private static void awaitRoom(Storage storage) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                submit(storage, "keep", 1);
                return;
            } catch (MillraceException full) {
                assertThat(System.nanoTime()).as(full.getMessage()).isLessThan(deadline);
                NEVER.tryAcquire(200, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void submit(Storage storage, String queue, int count) {
        BatchId id =
                BatchId.make(now(storage), storage.queues().open(queue, now(storage)), ThreadLocalRandom.current());
        String payload = '"' + "x".repeat(20_000) + '"';
        List<NewTask> tasks =
                Collections.nCopies(count, aTask().withPayload(payload).build(now(storage)));
        Taken.of(storage.tasks().submit(List.of(new Batch(id, queue, tasks)), now(storage)));
    }

    private static List<Lease> lease(Storage storage, String queue) {
        LeaseRequest request = new LeaseRequest(queue, 2, Duration.ofMinutes(5), "worker", Lanes.ALL_TYPES);
        return storage.tasks().lease(request, now(storage));
    }

    private static List<Settled.Result> settle(Storage storage, List<Lease> leases) {
        List<Settlement> ends = leases.stream()
                .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                .toList();
        return storage.tasks().settle(ends, now(storage)).stream()
                .map(Settled::result)
                .toList();
    }

    private static Instant now(Storage storage) {
        return storage.clock().instant();
    }
}
