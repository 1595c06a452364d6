package dev.millrace.storage.sqlite;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.record.BatchCodec;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of transactions whatever is done in them. */
class WriterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path directory;

    private final SqliteWakeups wakeups = new SqliteWakeups();
    private Connections connections;
    private final Map<String, Integer> numbers = new HashMap<>();
    private Writer writer;

    @BeforeEach
    void open() throws SQLException {
        connections = new Connections(directory.resolve(SqliteStorage.FILE), SqliteSettings.of(directory));
        try (Connection connection = connections.writer()) {
            Migrations.run(connection);
        }
        writer = new Writer(connections, wakeups);
        writer.start();
        for (String queue : List.of("a", "b", "q")) {
            numbers.put(queue, writer.call(tx -> tx.queues.open(queue, NOW.toEpochMilli()).number));
        }
    }

    @AfterEach
    void close() {
        writer.close();
        wakeups.close();
        connections.close();
        SqliteLayout.check(directory.resolve(SqliteStorage.FILE), Set.of("a", "b", "q"));
    }

    @Test
    void unitThatFailsFailsAlone() {
        CountDownLatch start = new CountDownLatch(1);
        CompletableFuture<Object> first = writer.submit(tx -> await(start));
        CompletableFuture<List<Submitted>> before = writer.submit(submitting("a", "{}"));
        CompletableFuture<Object> bad = writer.submit(tx -> {
            tx.queues.open("half-done", 0);
            throw new IllegalStateException("on purpose");
        });
        CompletableFuture<List<Submitted>> after = writer.submit(submitting("b", "{}"));
        start.countDown();

        Writer.await(first);
        assertThat(Writer.await(before)).hasOnlyElementsOfType(Submitted.Created.class);
        assertThat(Writer.await(after)).hasOnlyElementsOfType(Submitted.Created.class);
        assertThatThrownBy(() -> Writer.await(bad)).hasRootCauseMessage("on purpose");
        LiveQueue halfDone = writer.call(tx -> tx.queues.of("half-done"));
        assertThat(halfDone).isNull();
    }

    @Test
    void numbersAreNotGivenTwiceAfterARollback() {
        List<Long> given = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> writer.call(tx -> {
                        tx.sequence.next();
                        throw new IllegalStateException("on purpose");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            given.add(writer.call(tx -> tx.sequence.next()));
        }

        assertThat(given).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void fullDiskIsSaidToThoseWhoAddAndHarmsNobody() {
        writer.call(submitting("q", "{}"));
        long pages = writer.call(tx -> tx.sql.first("PRAGMA page_count", row -> row.getLong(1)));
        limitPages(pages + 6);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        writer.call(submitting("q", "\"" + "x".repeat(9_000) + "\""));
                    }
                })
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FULL));
        Settlement settlement = lease();
        assertThat(writer.call(new Settling(List.of(settlement), NOW)))
                .extracting(Settled::result)
                .containsExactly(Settled.Result.DONE);

        limitPages(1_000_000);
        assertThat(writer.call(submitting("q", "\"" + "x".repeat(9_000) + "\"")))
                .hasOnlyElementsOfType(Submitted.Created.class);
    }

    @Test
    void ofBatchesThatFillTheDiskThoseAreToldAsAcceptedThatAre() {
        Batch small = batch("q", "{}");
        SqliteSettings settings = SqliteSettings.of(directory);
        try (Readers readers = new Readers(connections, 1)) {
            SqliteTaskStore store = store(settings, readers);
            store.submit(List.of(small), NOW);
            limitPages(writer.call(tx -> tx.sql.first("PRAGMA page_count", row -> row.getLong(1))) + 20);
            List<Batch> batches = Stream.generate(() -> batch("q", "\"" + "x".repeat(9_000) + "\""))
                    .limit(20)
                    .toList();

            List<List<Submitted>> told = store.submit(batches, NOW);

            long accepted =
                    told.stream().filter(one -> one.getFirst().accepted()).count();
            assertThat(told.getFirst()).hasOnlyElementsOfType(Submitted.Created.class);
            assertThat(told.getLast()).hasOnlyElementsOfType(Submitted.StoreFull.class);
            List<TaskId> ids = batches.stream().map(batch -> batch.id().at(0)).toList();
            assertThat(store.find(ids, false)).hasSize((int) accepted);
            limitPages(1_000_000);
            assertThat(store.submit(batches, NOW))
                    .allSatisfy(one -> assertThat(one).hasOnlyElementsOfType(Submitted.Created.class));
            assertThat(store.find(ids, false)).hasSize(20);
        }
    }

    @Test
    void anErrorIsToldOfItsBatchAlone() {
        Batch named = new Batch(
                batch("q", "{}").id(), "q", List.of(aTask().named("one").build(NOW)));
        Batch plain = batch("q", "{}");
        SqliteSettings settings = SqliteSettings.of(directory);
        try (Readers readers = new Readers(connections, 1)) {
            SqliteTaskStore store = store(settings, readers);
            writer.call(tx -> tx.sql.update("INSERT INTO alias (scope, text, queue, task, batch_id, fingerprint)"
                    + " VALUES (-1, 'one', 1, 1, x'00', 1)"));

            List<List<Submitted>> told = store.submit(List.of(named, plain), NOW);

            assertThat(told.getFirst()).hasOnlyElementsOfType(Submitted.Unknown.class);
            assertThat(told.getLast()).hasOnlyElementsOfType(Submitted.Created.class);
            writer.call(tx -> tx.sql.update("DELETE FROM alias"));
        }
    }

    @Test
    void closedWriterRefuses() {
        writer.close();

        assertThatThrownBy(() -> writer.call(submitting("q", "{}")))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    private void limitPages(long pages) {
        writer.call(tx -> tx.sql.first("PRAGMA max_page_count = " + pages, row -> row.getLong(1)));
    }

    private Settlement lease() {
        LeaseRequest request = new LeaseRequest("q", 1, Duration.ofSeconds(30), "worker-1", Lanes.ALL_TYPES);
        var handed = writer.call(new Leasing(request, NOW)).tasks().getFirst();
        return new Settlement(handed.token(), new Verdict.Succeed(null));
    }

    private Submitting submitting(String queue, String json) {
        Batch batch = batch(queue, json);
        return new Submitting(batch, BatchCodec.encode(batch.tasks()), NOW);
    }

    private Batch batch(String queue, String json) {
        BatchId id = BatchId.make(NOW, numbers.get(queue), ThreadLocalRandom.current());
        return new Batch(
                id, queue, List.of(aTask().withPayload(Payload.of(json)).build(NOW)));
    }

    private static Object await(CountDownLatch latch) {
        try {
            latch.await();
            return latch;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private SqliteTaskStore store(SqliteSettings settings, Readers readers) {
        DiskFloor floor = DiskFloor.of(settings, connections.reserve(), () -> 0);
        return new SqliteTaskStore(writer, readers, floor, settings.usual());
    }
}
