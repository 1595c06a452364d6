package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskOptions;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.testing.LogLines;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What this store says in the log, each thing once when it begins and once when it is over; on servers of their own. */
class RedisLogTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void watchThatCannotWatchSaysSoOnceAndOnceWhenItCanAgain() {
        RedisServer server = RedisServer.start(Kind.VOLATILE);
        RedisSettings settings = RedisSettings.of(server.uri());
        try (server;
                RedisLink link = new RedisLink(VERTX, settings);
                LogLines log = LogLines.of("millrace.store")) {
            StoreWatch watch = watch(link, settings);
            watch.runOrSay();
            server.command("RENAME", "mr:marks", "aside");
            server.command("SET", "mr:marks", "none");
            watch.runOrSay();
            watch.runOrSay();
            assertThat(log.levels()).containsExactly("ERROR");

            server.command("RENAME", "aside", "mr:marks");
            watch.runOrSay();
            watch.runOrSay();
            assertThat(log.levels()).containsExactly("ERROR", "INFO");

            server.close();
            watch.runOrSay();
            assertThat(log.levels()).as("an outage is told elsewhere").hasSize(2);
        }
    }

    private static StoreWatch watch(RedisLink link, RedisSettings settings) {
        RedisBase base = new RedisBase(link, new RedisKeys(settings.prefix()), new RedisClock(link), settings.usual());
        base.clock().synchronize();
        byte[] secret =
                StoreIdentity.open(link, base.keys(), StoreIdentity.newSecret()).secret();
        return new StoreWatch(base, new StoreMarks(base, false), new RedisWakeups(base, VERTX), secret);
    }

    @Test
    void namesThatCannotBeLetGoAreToldOnceAndOnceWhenTheyCan() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store = RedisStorage.open(VERTX, RedisSettings.of(server.uri()));
                LogLines log = LogLines.of(RedisSubmission.class)) {
            Instant now = store.clock().instant();
            store.queues().open("q", now);
            store.queues().configure("q", new QueueConfig(0L, TaskOptions.NONE, QueueConfig.Retention.DEFAULT));
            server.command("ACL", "SETUSER", "default", "-hdel");
            assertThat(refused(store, "one")).isInstanceOf(Submitted.QueueFull.class);
            assertThat(refused(store, "two")).isInstanceOf(Submitted.QueueFull.class);
            assertThat(log.levels()).containsExactly("WARN");

            server.command("ACL", "SETUSER", "default", "+hdel");
            assertThat(refused(store, "three")).isInstanceOf(Submitted.QueueFull.class);
            assertThat(refused(store, "four")).isInstanceOf(Submitted.QueueFull.class);
            assertThat(log.levels()).containsExactly("WARN", "INFO");
        }
    }

    private static Submitted refused(Storage store, String name) {
        Instant now = store.clock().instant();
        BatchId id = BatchId.make(now, store.queues().open("q", now), ThreadLocalRandom.current());
        Batch batch = new Batch(id, "q", List.of(aTask().named(name).build(now)));
        return store.tasks().submit(List.of(batch), now).getFirst().getFirst();
    }
}
