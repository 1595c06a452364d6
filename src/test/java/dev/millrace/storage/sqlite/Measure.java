package dev.millrace.storage.sqlite;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.storage.sqlite.SqliteSettings.Synchronous;
import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import dev.millrace.testing.TaskBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures a store in a directory: {@code Measure DIRECTORY TASKS BATCH
 * CALLERS ROUNDS FULL|NORMAL BACKLOG}. Not a test: figures depend on
 * the machine.
 */
final class Measure {
    private final Storage storage;
    private final int tasks;
    private final int batch;
    private final int callers;

    private Measure(Storage storage, int tasks, int batch, int callers) {
        this.storage = storage;
        this.tasks = tasks;
        this.batch = batch;
        this.callers = callers;
    }

    public static void main(String[] args) {
        try (Storage storage =
                SqliteStorage.open(new SqliteSettings(Path.of(args[0]), Synchronous.valueOf(args[5]), 2))) {
            Measure measure = new Measure(
                    storage, Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            measure.pile("q", Integer.parseInt(args[6]));
            for (int round = 0; round < Integer.parseInt(args[4]); round++) {
                measure.round("q");
            }
        }
    }

    private void round(String queue) {
        long start = System.nanoTime();
        AtomicInteger left = new AtomicInteger(tasks);
        inParallel(() -> enqueue(queue, left));
        long enqueued = System.nanoTime();
        left.set(tasks);
        inParallel(() -> process(queue, left));
        long done = System.nanoTime();
        System.out.printf(
                "batch %d callers %d: enqueue %.0f/s process %.0f/s both %.0f/s%n",
                batch, callers, rate(start, enqueued), rate(enqueued, done), rate(start, done));
    }

    private void pile(String queue, int backlog) {
        AtomicInteger left = new AtomicInteger(backlog);
        new Measure(storage, backlog, BatchId.LIMIT, 1).enqueue(queue, left);
    }

    private double rate(long from, long to) {
        return tasks * 1e9 / (to - from);
    }

    private void inParallel(Runnable work) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            CompletableFuture<Void> future = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                work.run();
                future.complete(null);
            });
            running.add(future);
        }
        running.forEach(CompletableFuture::join);
    }

    private void enqueue(String queue, AtomicInteger left) {
        var clock = storage.clock();
        int number = storage.queues().open(queue, clock.instant());
        TaskBuilder task = TaskBuilder.aTask("noop").withPayload("\"" + "x".repeat(98) + "\"");
        while (left.addAndGet(-batch) >= 0) {
            List<Batch> batches = new ArrayList<>();
            for (int rest = batch; rest > 0; rest -= BatchId.LIMIT) {
                List<NewTask> some = Collections.nCopies(Math.min(rest, BatchId.LIMIT), task.build(clock.instant()));
                BatchId id = BatchId.make(clock.instant(), number, ThreadLocalRandom.current());
                batches.add(new Batch(id, queue, some));
            }
            storage.tasks().submit(batches, clock.instant());
        }
    }

    private void process(String queue, AtomicInteger left) {
        TaskStore store = storage.tasks();
        LeaseRequest request = new LeaseRequest(
                queue,
                Math.min(LeaseRequest.MAX, batch),
                Duration.ofSeconds(30),
                "worker-1",
                Lanes.ofTypes(Set.of("noop")));
        while (left.get() > 0) {
            List<Lease> leases = store.lease(request, storage.clock().instant());
            List<Settlement> settlements = new ArrayList<>(leases.size());
            for (Lease lease : leases) {
                settlements.add(new Settlement(lease.token(), new Verdict.Succeed(null)));
            }
            store.settle(settlements, storage.clock().instant());
            left.addAndGet(-leases.size());
        }
    }
}
