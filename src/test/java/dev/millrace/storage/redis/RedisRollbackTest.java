package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.StoreCheck.Finding;
import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A Redis that comes back without what was in it, or with an older state, under two nodes that go on. */
class RedisRollbackTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(5);
    private static final Semaphore NEVER = new Semaphore(0);
    private static final QueueConfig SETTINGS = new QueueConfig(7L, TaskOptions.NONE, QueueConfig.Retention.DEFAULT);

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void emptiedStoreIsNoticedAndSettingsAreWrittenAgain() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage one = open(server);
                Storage other = open(server)) {
            TaskId before = submit(one, "a");
            submit(other, "b");
            one.queues().configure("a", SETTINGS);
            one.queues().pause("a", true);

            server.command("FLUSHALL");
            awaitNoticed("FLUSHALL", one, other);

            assertThat(one.check().findings().getFirst().sentence()).contains("emptied");
            QueueSnapshot a = snapshot(other, "a");
            assertThat(a.config()).isEqualTo(SETTINGS);
            assertThat(a.paused()).isTrue();
            assertThat(other.tasks().find(List.of(before), false)).isEmpty();
            assertThat(one.queues().names()).isEqualTo(other.queues().names()).containsOnlyKeys("a", "b");
            assertWorksTogether(one, other, "b");
            assertWorksTogether(other, one, "new");
            try (Storage third = open(server)) {
                assertThat(third.secret()).as("tokens of before").isEqualTo(one.secret());
                assertThat(third.check().rollbacks()).isZero();
            }
        }
    }

    @Test
    void numbersGivenBeforeAnybodyNoticedAreNotGivenTwice() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage one = open(server);
                Storage other = open(server)) {
            for (String queue : List.of("a", "b", "c")) {
                submit(one, queue);
                submit(other, queue);
            }
            other.queues().configure("c", SETTINGS);
            server.command("FLUSHALL");
            try (Storage fresh = open(server)) {
                TaskId id = submit(fresh, "c");
                awaitNoticed("FLUSHALL, and a new node at once", one, other);

                assertThat(one.queues().names().values()).doesNotHaveDuplicates();
                assertThat(snapshot(one, "c").config())
                        .as("of a queue made anew meanwhile")
                        .isEqualTo(SETTINGS);
                assertThat(one.tasks().find(List.of(id), false)).containsKey(id);
                for (String queue : List.of("a", "b", "c")) {
                    assertWorksTogether(one, other, queue);
                    assertWorksTogether(fresh, one, queue);
                }
            }
        }
    }

    @Test
    void olderStateIsNoticedAndWorkGoesOnFromIt() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE, "--dbfilename", "dump.rdb");
                Storage one = open(server);
                Storage other = open(server)) {
            TaskId kept = submit(one, "a");
            server.command("SAVE");
            TaskId lost = submit(other, "a");
            Lease running = lease(one, "a");
            assertThat(running.task().id()).isEqualTo(kept);
            submit(other, "younger");
            awaitMarks();

            server.restart();
            awaitNoticed("restart with an older snapshot", one, other);

            assertThat(other.check().findings().getFirst().sentence()).contains("older");
            assertThat(one.tasks().find(List.of(kept, lost), false)).containsOnlyKeys(kept);
            assertThat(one.tasks()
                            .settle(
                                    List.of(new Settlement(running.token(), new Verdict.Succeed(null))),
                                    one.clock().instant())
                            .getFirst()
                            .holds())
                    .as("a lease that the store forgot")
                    .isFalse();
            assertThat(lease(other, "a").task().id()).isEqualTo(kept);
            assertWorksTogether(one, other, "younger");
        }
    }

    @Test
    void restartThatLosesNothingIsNoRollback() {
        try (RedisServer server = RedisServer.start(Kind.ALWAYS);
                Storage one = open(server)) {
            submit(one, "a");
            awaitMarks();
            server.restart();
            awaitMarks();
            awaitMarks();

            assertThat(one.check().rollbacks()).isZero();
            assertThat(codes(one)).isEmpty();
        }
    }

    private static Storage open(RedisServer server) {
        return RedisStorage.open(VERTX, RedisSettings.of(server.uri()));
    }

    /** Longer than nodes leave between two marks. */
    private static void awaitMarks() {
        pause(2_300);
    }

    private static void pause(long millis) {
        try {
            NEVER.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitNoticed(String what, Storage... nodes) {
        long start = System.nanoTime();
        while (!Stream.of(nodes)
                .allMatch(node -> node.check().rollbacks() == 1 && codes(node).contains("store-rollback"))) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(NOTICED_WITHIN);
            pause(20);
        }
        System.out.printf(
                "figures: %s: noticed by %d nodes within %d ms%n",
                what, nodes.length, Duration.ofNanos(System.nanoTime() - start).toMillis());
        // What is written again comes right after.
        pause(300);
    }

    private static List<String> codes(Storage storage) {
        return storage.check().findings().stream()
                .map(Finding::code)
                .filter(code -> !code.equals("redis-no-aof"))
                .toList();
    }

    private static void assertWorksTogether(Storage one, Storage other, String queue) {
        one.queues().pause(queue, false);
        TaskId id = submit(one, queue);
        assertThat(other.tasks().find(List.of(id), true)).containsKey(id);
        Lease lease = lease(other, queue);
        Settled settled = one.tasks()
                .settle(
                        List.of(new Settlement(lease.token(), new Verdict.Succeed(null))),
                        one.clock().instant())
                .getFirst();
        assertThat(settled.holds()).isTrue();
    }

    /** As the door does: a queue whose number is not known any more is asked for anew, once. */
    private static TaskId submit(Storage store, String queue) {
        try {
            return submitOnce(store, queue);
        } catch (MillraceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_NOT_FOUND);
            return submitOnce(store, queue);
        }
    }

    private static TaskId submitOnce(Storage store, String queue) {
        Instant now = store.clock().instant();
        BatchId batch = BatchId.make(now, store.queues().open(queue, now), ThreadLocalRandom.current());
        List<Submitted> answers = store.tasks()
                .submit(List.of(new Batch(batch, queue, List.of(aTask().build(now)))), now)
                .getFirst();
        assertThat(answers).containsExactly(new Submitted.Created(batch.at(0)));
        return batch.at(0);
    }

    private static Lease lease(Storage store, String queue) {
        LeaseRequest request = new LeaseRequest(queue, 1, Duration.ofSeconds(30), "worker", Lanes.ALL_TYPES);
        List<Lease> leases = store.tasks().lease(request, store.clock().instant());
        assertThat(leases).hasSize(1);
        return leases.getFirst();
    }

    private static QueueSnapshot snapshot(Storage store, String queue) {
        return store.queues().find(queue, store.clock().instant()).orElseThrow();
    }
}
