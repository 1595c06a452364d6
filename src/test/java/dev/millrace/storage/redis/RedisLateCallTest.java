package dev.millrace.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Submitted;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskState;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.Taken;
import dev.millrace.testing.TaskBuilder;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a Redis that stood still does with what was sent to it meanwhile; SQLite has nobody between caller and writer. */
class RedisLateCallTest {
    @Test
    void whatRedisComesToAfterItWasGivenUpDoesNotHappen() {
        Vertx vertx = Vertx.vertx();
        try (RedisServer server = RedisServer.start(RedisServer.Kind.PLAIN);
                Storage storage = open(vertx, server)) {
            Instant now = storage.clock().instant();
            int number = storage.queues().open("q", now);
            openAllConnections(storage);
            Batch late = batch(now, number, 1);
            server.freeze();
            assertThatThrownBy(() -> Taken.of(storage.tasks().submit(List.of(late), now)))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
            server.thaw();

            List<List<Submitted>> next = storage.tasks()
                    .submit(List.of(batch(now, number, 2)), storage.clock().instant());

            assertThat(next.getFirst()).hasOnlyElementsOfType(Submitted.Created.class);
            assertThat(storage.tasks().find(List.of(late.id().at(0)), false)).isEmpty();
            assertThat(storage.queues().find("q", now).orElseThrow().count(TaskState.READY))
                    .isEqualTo(1);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** One that is opened while Redis stands still carries nothing to it. */
    private static void openAllConnections(Storage storage) {
        for (int i = 0; i < 16; i++) {
            storage.check().ping();
        }
    }

    private static Storage open(Vertx vertx, RedisServer server) {
        return RedisStorage.open(vertx, RedisSettings.of(server.uri()).withTimeout(Duration.ofMillis(1000)));
    }

    private static Batch batch(Instant now, int number, int seed) {
        BatchId id = BatchId.make(now, number, new Random(seed));
        return new Batch(id, "q", List.of(TaskBuilder.aTask().build(now)));
    }
}
