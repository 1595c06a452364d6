package dev.millrace.scheduler;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Kept;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.storage.StorageConfig;
import dev.millrace.storage.Storages;
import dev.millrace.storage.StoreSettings;
import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskState;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue whose retention is cut while it is full of ended tasks: they go in slices, and nobody waits for all of it. */
@Tag("crash")
class PruneIT {
    private static final int ENDED = 100_000;
    private static final long KEPT = 1_000;
    private static final String QUEUE = "full";

    @TempDir
    Path directory;

    @Test
    void endedTasksGoWhileOthersAreSubmittedOnSqlite() {
        try (Storage storage = Storages.open(new StoreSettings.Sqlite(directory, true), () -> null)) {
            check("SQLite", storage);
        }
    }

    @Test
    void endedTasksGoWhileOthersAreSubmittedOnRedis() {
        Vertx vertx = Vertx.vertx();
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                Storage storage = Storages.open(
                        new StoreSettings.Redis(
                                List.of(redis.uri()),
                                StorageConfig.Mode.STANDALONE,
                                null,
                                "millrace",
                                Duration.ofSeconds(10),
                                null),
                        () -> vertx)) {
            check("Redis", storage);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void check(String store, Storage storage) {
        fill(storage);
        keepFew(storage);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<long[]> submitting = CompletableFuture.supplyAsync(() -> submitUntil(over, storage));
        PruneQueues chore = new PruneQueues(storage.queues(), storage.tasks(), storage.clock());
        long start = System.nanoTime();
        int removed = 0;
        while (count(storage, TaskState.SUCCEEDED) > KEPT) {
            int some = chore.runOnce();
            assertThat(some).isPositive();
            removed += some;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        over.set(true);
        long[] nanos = submitting.join();

        assertThat(count(storage, TaskState.SUCCEEDED)).isEqualTo(KEPT);
        assertThat(removed).isGreaterThanOrEqualTo((int) (ENDED - KEPT));
        assertThat(nanos).as("submissions meanwhile").isNotEmpty();
        assertThat(count(storage, TaskState.READY)).isEqualTo(nanos.length);
        Arrays.sort(nanos);
        System.out.printf(
                "figures: %,d ended tasks pruned, %s: %.1f s; meanwhile %,d tasks submitted one by one, p50 %.1f ms, longest"
                        + " %.1f ms%n",
                removed, store, seconds, nanos.length, nanos[nanos.length / 2] / 1e6, nanos[nanos.length - 1] / 1e6);
    }

    private static void keepFew(Storage storage) {
        Kept few = new Kept(Duration.ofHours(1), KEPT, 1L << 30);
        storage.queues()
                .configure(
                        QUEUE,
                        new QueueConfig(
                                null,
                                TaskOptions.NONE,
                                new QueueConfig.Retention(few, few, few, few, Duration.ofHours(1))));
    }

    private static void fill(Storage storage) {
        for (int done = 0; done < ENDED; done += TaskStore.STEP) {
            Instant now = storage.clock().instant();
            NewTask task = aTask().build(now);
            submit(storage, Collections.nCopies(BatchId.LIMIT, task), TaskStore.STEP / BatchId.LIMIT);
            List<Lease> leases = storage.tasks()
                    .lease(
                            new LeaseRequest(QUEUE, TaskStore.STEP, Duration.ofMinutes(5), "w", Lanes.ALL_TYPES),
                            storage.clock().instant());
            storage.tasks()
                    .settle(
                            leases.stream()
                                    .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                                    .toList(),
                            storage.clock().instant());
        }
        assertThat(count(storage, TaskState.SUCCEEDED)).isEqualTo(ENDED);
    }

    /** How long each of them took. */
    private static long[] submitUntil(AtomicBoolean over, Storage storage) {
        LongStream.Builder nanos = LongStream.builder();
        while (!over.get()) {
            long start = System.nanoTime();
            submit(storage, List.of(aTask().build(storage.clock().instant())), 1);
            nanos.add(System.nanoTime() - start);
        }
        return nanos.build().toArray();
    }

    private static void submit(Storage storage, List<NewTask> tasks, int batches) {
        Instant now = storage.clock().instant();
        int number = storage.queues().open(QUEUE, now);
        for (int i = 0; i < batches; i++) {
            Batch batch = new Batch(BatchId.make(now, number, ThreadLocalRandom.current()), QUEUE, tasks);
            assertThat(storage.tasks().submit(List.of(batch), now).getFirst())
                    .hasOnlyElementsOfType(Submitted.Created.class);
        }
    }

    private static long count(Storage storage, TaskState state) {
        return storage.queues()
                .find(QUEUE, storage.clock().instant())
                .orElseThrow()
                .count(state);
    }
}
