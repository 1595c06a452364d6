package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Submitted;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What meets one batch, or one task of it, is told of that one alone. */
class RedisBatchTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final RedisServer server = RedisServer.start(Kind.VOLATILE);
    private final RedisSettings settings = RedisSettings.of(server.uri()).withTimeout(Duration.ofSeconds(3));
    private final Storage store = RedisStorage.open(VERTX, settings);
    private final Instant now = store.clock().instant();

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @AfterAll
    static void closeAll() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anErrorIsToldOfItsBatchAlone() {
        Batch named = batch("one");
        Batch plain = batch((String) null);
        server.command(
                "SET", new String(new RedisKeys(settings.prefix()).of("q").named("names")), "broken");

        List<List<Submitted>> told = store.tasks().submit(List.of(named, plain), now);

        assertThat(told.getFirst()).hasOnlyElementsOfType(Submitted.Unknown.class);
        assertThat(told.getLast())
                .containsExactly(new Submitted.Created(plain.id().at(0)));
    }

    @Test
    void aNameThatAnotherQueueIsAboutToGetKeepsNoOtherTaskFromBeingAdded() {
        TaskId pending = new TaskId("one");
        try (RedisLink link = new RedisLink(VERTX, settings)) {
            RedisBase base =
                    new RedisBase(link, new RedisKeys(settings.prefix()), new RedisClock(link), settings.usual());
            int other = store.queues().open("other", now);
            new NameDirectory(base).regain(pending, other, now.toEpochMilli());
        }
        Batch both = batch("one", "two");

        List<List<Submitted>> told = store.tasks().submit(List.of(both, batch("three")), now);

        Submitted two = new Submitted.Created(new TaskId("two"));
        assertThat(told.getFirst()).containsExactly(new Submitted.NamePending(pending), two);
        assertThat(told.getLast()).containsExactly(new Submitted.Created(new TaskId("three")));
        assertThat(store.tasks().submit(List.of(both), now)).containsExactly(told.getFirst());
    }

    @Test
    void whatFindsNoConnectionIsNotSent() {
        Batch plain = batch((String) null);
        server.close();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Submitted told = null;
        while (!(told instanceof Submitted.Unsent) && System.nanoTime() - deadline < 0) {
            told = store.tasks().submit(List.of(plain), now).getFirst().getFirst();
        }
        assertThat(told).isInstanceOf(Submitted.Unsent.class);
    }

    private Batch batch(String... names) {
        BatchId id = BatchId.make(now, store.queues().open("q", now), ThreadLocalRandom.current());
        List<NewTask> tasks = new ArrayList<>();
        for (String name : names) {
            tasks.add((name == null ? aTask() : aTask().named(name)).build(now));
        }
        return new Batch(id, "q", tasks);
    }
}
