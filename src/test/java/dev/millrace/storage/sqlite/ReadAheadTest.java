package dev.millrace.storage.sqlite;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.storage.record.BatchCodec;
import dev.millrace.task.BatchId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path directory;

    private final SqliteWakeups wakeups = new SqliteWakeups();
    private final SpecCache specs = new SpecCache();
    private final Random random = new Random(1);
    private Connections connections;
    private Writer writer;
    private Readers readers;
    private ReadAhead readAhead;
    private List<Long> following;
    private BatchId next;
    private int number;

    @BeforeEach
    void leaseTheFirstOfTwoBatches() throws SQLException {
        connections = new Connections(directory.resolve(SqliteStorage.FILE), SqliteSettings.of(directory));
        try (Connection connection = connections.writer()) {
            Migrations.run(connection);
        }
        writer = new Writer(connections, wakeups);
        writer.start();
        readers = new Readers(connections, 1);
        readAhead = new ReadAhead(readers, specs);
        number = writer.call(tx -> tx.queues.open("q", NOW.toEpochMilli()).number);
        submit();
        next = submit();
        LeaseRequest request = new LeaseRequest("q", 1, Duration.ofSeconds(30), "worker-1", Lanes.ALL_TYPES);
        following = writer.call(new Leasing(request, NOW)).following();
    }

    @AfterEach
    void close() {
        readers.close();
        writer.close();
        wakeups.close();
        connections.close();
    }

    @Test
    void afterALeaseThatHadToReadTheNextBatchesAreRead() {
        readAhead.after(true, following);
        awaitReader();

        assertThat(specs.get(next)).isNotNull();
    }

    @Test
    void afterALeaseFromMemoryNothingIsRead() {
        readAhead.after(false, following);
        awaitReader();

        assertThat(specs.get(next)).isNull();
    }

    @Test
    void readingAheadGoesOnAsLongAsItFindsSomething() {
        readAhead.after(true, following);
        awaitReader();
        BatchId third = submit();
        long seq = readers.call(sql -> sql.first("SELECT max(seq) FROM batch", row -> row.getLong(1)));

        readAhead.after(false, List.of(seq));
        awaitReader();

        assertThat(specs.get(third)).isNotNull();
    }

    /** There is one, which does one thing after the other. */
    private void awaitReader() {
        readers.call(sql -> null);
    }

    private BatchId submit() {
        BatchId id = BatchId.make(NOW, number, random);
        Batch batch = new Batch(id, "q", List.of(aTask().build(NOW)));
        writer.call(new Submitting(batch, BatchCodec.encode(batch.tasks()), NOW));
        return id;
    }
}
