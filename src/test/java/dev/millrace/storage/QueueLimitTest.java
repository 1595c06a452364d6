package dev.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.QueueStore;
import dev.millrace.storage.redis.RedisSettings;
import dev.millrace.storage.redis.RedisStorage;
import dev.millrace.storage.sqlite.SqliteSettings;
import dev.millrace.storage.sqlite.SqliteStorage;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store with as many queues as it may have. */
class QueueLimitTest {
    private static final int CALLERS = 32;

    @TempDir
    Path directory;

    @Test
    void sqliteTakesNoMoreQueuesThanItMay() throws Exception {
        try (Storage storage = SqliteStorage.open(SqliteSettings.of(directory))) {
            fill(storage);
        }
    }

    @Test
    void redisTakesNoMoreQueuesThanItMay() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage storage = RedisStorage.open(vertx, RedisSettings.of(server.uri()))) {
            fill(storage);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void fill(Storage storage) throws Exception {
        QueueStore queues = storage.queues();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<Integer>> opened = IntStream.range(0, QueueStore.LIMIT)
                    .mapToObj(i -> callers.submit(
                            () -> queues.open("q" + i, storage.clock().instant())))
                    .toList();
            for (Future<Integer> one : opened) {
                one.get();
            }
        }
        assertThat(queues.names()).hasSize(QueueStore.LIMIT);
        assertThatThrownBy(() -> queues.open("one-more", storage.clock().instant()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_FULL));
        assertThat(queues.open("q7", storage.clock().instant()))
                .isEqualTo(queues.names().get("q7"));
        queues.delete("q7", false);
        queues.open("one-more", storage.clock().instant());
        assertThat(queues.names()).hasSize(QueueStore.LIMIT).containsKey("one-more");
    }
}
