package dev.millrace.storage.redis;

import static dev.millrace.storage.redis.RedisTroubleTest.assertRefused;
import static dev.millrace.storage.redis.RedisTroubleTest.lease;
import static dev.millrace.storage.redis.RedisTroubleTest.submit;
import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lease;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a Redis at its maxmemory takes, and what it says of the rest; each on a server of its own. */
class RedisFullTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Storage open(RedisServer server) {
        return RedisStorage.open(VERTX, RedisSettings.of(server.uri()));
    }

    @Test
    void fullRedisTakesNoMoreTasksButLetsWhatRunsEnd() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE, "--maxmemory", "12mb");
                Storage store = open(server)) {
            String payload = "\"" + "x".repeat(100_000) + "\"";
            assertRefused(ErrorCode.STORE_FULL, () -> {
                for (int i = 0; i < 1_000; i++) {
                    submit(store, payload);
                }
            });

            Lease lease = lease(store).getFirst();
            List<Settled> settled = store.tasks()
                    .settle(
                            List.of(new Settlement(lease.token(), new Verdict.Succeed(null))),
                            store.clock().instant());
            assertThat(settled).extracting(Settled::result).containsExactly(Settled.Result.DONE);
        }
    }

    @Test
    void ofBatchesThatFillRedisThoseAreToldAsAcceptedThatAre() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE, "--maxmemory", "12mb");
                Storage store = open(server)) {
            Instant now = store.clock().instant();
            int number = store.queues().open("q", now);
            NewTask task =
                    aTask().withPayload("\"" + "x".repeat(100_000) + "\"").build(now);
            List<Batch> batches = Stream.generate(
                            () -> new Batch(BatchId.make(now, number, ThreadLocalRandom.current()), "q", List.of(task)))
                    .limit(200)
                    .toList();

            List<Submitted> told = flat(store.tasks().submit(batches, now));
            long accepted = told.stream().filter(Submitted::accepted).count();
            assertThat(told.getFirst()).isInstanceOf(Submitted.Created.class);
            assertThat(told.getLast()).isInstanceOf(Submitted.StoreFull.class);
            assertThat(ready(store)).isEqualTo(accepted);

            server.command("CONFIG", "SET", "maxmemory", "0");
            assertThat(flat(store.tasks().submit(batches, now))).hasOnlyElementsOfType(Submitted.Created.class);
            assertThat(ready(store)).isEqualTo(200);
        }
    }

    @Test
    void namesOfTasksThatAFullRedisRefusedAreFreeForOtherQueues() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store = open(server)) {
            Instant now = store.clock().instant();
            store.queues().open("q", now);
            store.queues().open("other", now);
            server.command("CONFIG", "SET", "maxmemory", "1mb");
            assertThat(named(store, "q")).isInstanceOf(Submitted.StoreFull.class);
            server.command("CONFIG", "SET", "maxmemory", "0");

            assertThat(named(store, "other")).isInstanceOf(Submitted.Created.class);
        }
    }

    @Test
    void namedTaskThatIsRepeatedAtAFullRedisStaysKnown() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store = open(server)) {
            assertThat(named(store, "q")).isInstanceOf(Submitted.Created.class);
            store.queues().open("other", store.clock().instant());
            server.command("CONFIG", "SET", "maxmemory", "1mb");
            assertThat(named(store, "q")).isInstanceOf(Submitted.StoreFull.class);
            assertThat(store.tasks().find(List.of(new TaskId("one")), false)).containsKey(new TaskId("one"));
            server.command("CONFIG", "SET", "maxmemory", "0");

            assertThat(named(store, "other")).isEqualTo(new Submitted.Repeated(new TaskId("one")));
        }
    }

    @Test
    void nameThatItsQueueKnowsIsPutBackAlsoWhenRedisIsFull() {
        RedisServer server = RedisServer.start(Kind.VOLATILE);
        RedisSettings settings = RedisSettings.of(server.uri());
        try (server;
                Storage store = open(server);
                RedisLink link = new RedisLink(VERTX, settings)) {
            TaskId name = new TaskId("one");
            assertThat(named(store, "q")).isInstanceOf(Submitted.Created.class);
            RedisBase base =
                    new RedisBase(link, new RedisKeys(settings.prefix()), new RedisClock(link), settings.usual());
            NameDirectory directory = new NameDirectory(base);
            int number = base.numbers().find("q").orElseThrow();
            server.command("CONFIG", "SET", "maxmemory", "1mb");
            directory.undirect(name, number, Long.MAX_VALUE >> 16);
            assertThat(directory.locate(List.of(name))).isEmpty();

            directory.regain(name, number, 1);
            assertThat(directory.locate(List.of(name))).containsKey(name);
        }
    }

    private static Submitted named(Storage store, String queue) {
        Instant now = store.clock().instant();
        BatchId id = BatchId.make(now, store.queues().open(queue, now), ThreadLocalRandom.current());
        NewTask task = aTask().named("one").build(now);
        return flat(store.tasks().submit(List.of(new Batch(id, queue, List.of(task))), now))
                .getFirst();
    }

    private static List<Submitted> flat(List<List<Submitted>> answers) {
        return answers.stream().flatMap(List::stream).toList();
    }

    private static long ready(Storage store) {
        return store.queues().find("q", store.clock().instant()).orElseThrow().count(TaskState.READY);
    }
}
