package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.storage.redis.RedisSettings.Mode;
import dev.millrace.task.BatchId;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Ear;
import dev.millrace.testing.RedisGroup;
import dev.millrace.testing.RedisSentinel;
import dev.millrace.testing.RedisServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Several Redis servers at once: a cluster of masters, and a primary that fails over. */
class RedisManyTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Semaphore NEVER = new Semaphore(0);
    private static final List<String> QUEUES =
            IntStream.range(0, 12).mapToObj(i -> "queue-" + i).toList();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void clusterSpreadsQueuesOverItsMasters() {
        try (RedisGroup group = RedisGroup.start();
                Storage one = open(cluster(group));
                Storage other = open(cluster(group));
                Ear ear = new Ear(other.wakeups())) {
            assertThat(QUEUES.stream().map(group::ownerOf).distinct()).hasSize(3);
            List<TaskId> ids = new ArrayList<>();
            for (String queue : QUEUES) {
                ids.add(submit(one, queue));
                ear.expect("ready " + queue);
            }
            assertThat(one.tasks().find(ids, true)).hasSize(QUEUES.size());
            group.servers().forEach(server -> server.command("SCRIPT", "FLUSH"));
            List<Settlement> ends = new ArrayList<>();
            QUEUES.forEach(queue -> ends.add(new Settlement(lease(other, queue).token(), new Verdict.Succeed(null))));
            assertThat(other.tasks().settle(ends, other.clock().instant()))
                    .extracting(Settled::result)
                    .containsOnly(Settled.Result.DONE);
            assertSeen(one);
            movedSlotIsFound(group, one, other);
        }
    }

    private static void assertSeen(Storage storage) {
        assertThat(storage.queues().findAll(QUEUES, storage.clock().instant()))
                .hasSize(QUEUES.size())
                .allSatisfy(queue -> assertThat(queue.counts()).containsEntry(TaskState.SUCCEEDED, 1L));
        for (String queue : QUEUES) {
            TaskFilter ended = TaskFilter.ofQueue(queue, TaskState.SUCCEEDED);
            assertThat(storage.tasks()
                            .list(ended, null, 10, storage.clock().instant())
                            .tasks())
                    .hasSize(1);
        }
        storage.check().ping();
        assertThat(storage.check().findings()).isEmpty();
        assertThat(storage.check().durability()).contains("everysec");
    }

    private static void movedSlotIsFound(RedisGroup group, Storage one, Storage other) {
        String queue = "moved";
        RedisServer to = group.servers().stream()
                .filter(server -> server != group.ownerOf(queue))
                .findFirst()
                .orElseThrow();
        group.moveSlot(queue, to);
        TaskId id = submit(one, queue);
        assertThat(lease(other, queue).task().id()).isEqualTo(id);
        assertThat(to.command("KEYS", "*{moved}*")).contains("{moved}");
    }

    @Test
    void replicaThatSentinelMakesThePrimaryIsFound() {
        try (RedisSentinel watched = RedisSentinel.start()) {
            until(
                    "the replica follows",
                    () -> watched.replica().command("INFO", "replication").contains("master_link_status:up"));
            RedisSettings settings = RedisSettings.of(watched.uri())
                    .withMode(Mode.SENTINEL, RedisSentinel.MASTER)
                    .withTimeout(Duration.ofSeconds(2));
            try (Storage storage = open(settings);
                    Ear ear = new Ear(storage.wakeups())) {
                TaskId before = submit(storage, "q");
                ear.expect("ready q");
                until(
                        "the replica has it",
                        () -> watched.replica()
                                .command("DBSIZE")
                                .equals(watched.primary().command("DBSIZE")));
                watched.primary().kill();

                until("the replica takes over", () -> answers(storage));
                assertThat(storage.tasks().find(List.of(before), true)).containsKey(before);
                Lease lease = lease(storage, "q");
                assertThat(lease.task().id()).isEqualTo(before);
                until("wake-ups are heard again", () -> {
                    submit(storage, "q");
                    return ear.heard().contains("ready q");
                });
            }
        }
    }

    private static boolean answers(Storage storage) {
        try {
            submit(storage, "other");
            return true;
        } catch (MillraceException away) {
            return false;
        }
    }

    private static RedisSettings cluster(RedisGroup group) {
        // Not all of them: the others are found.
        return new RedisSettings(
                List.of(group.servers().get(2).uri(), group.servers().get(0).uri()),
                Mode.CLUSTER,
                null,
                RedisSettings.DEFAULT_PREFIX,
                RedisSettings.DEFAULT_TIMEOUT,
                RedisSettings.DEFAULT_CONNECTIONS,
                new io.vertx.core.net.NetClientOptions(),
                Retention.DEFAULT);
    }

    private static Storage open(RedisSettings settings) {
        return RedisStorage.open(VERTX, settings);
    }

    private static TaskId submit(Storage storage, String queue) {
        int number = storage.queues().open(queue, storage.clock().instant());
        BatchId id = BatchId.make(storage.clock().instant(), number, ThreadLocalRandom.current());
        Batch batch = new Batch(id, queue, List.of(aTask().build(storage.clock().instant())));
        storage.tasks().submit(List.of(batch), storage.clock().instant());
        return id.at(0);
    }

    private static Lease lease(Storage storage, String queue) {
        LeaseRequest request = new LeaseRequest(queue, 1, Duration.ofSeconds(30), "worker", Lanes.ALL_TYPES);
        List<Lease> leases = storage.tasks().lease(request, storage.clock().instant());
        assertThat(leases).as("lease of " + queue).hasSize(1);
        return leases.getFirst();
    }

    private static void until(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try {
            while (!holds.getAsBoolean()) {
                assertThat(System.nanoTime()).as(what).isLessThan(deadline);
                NEVER.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
