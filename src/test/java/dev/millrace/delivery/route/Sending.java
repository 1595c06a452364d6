package dev.millrace.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.destination.Vault;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.delivery.push.Letter;
import dev.millrace.delivery.push.PusherFixture;
import dev.millrace.queue.Batch;
import dev.millrace.queue.LeaseTokens;
import dev.millrace.queue.StoreSecret;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.testing.TaskBuilder;
import dev.millrace.worker.DrainCall;
import dev.millrace.worker.Drained;
import dev.millrace.worker.Handlers;
import dev.millrace.worker.Worker;
import dev.millrace.worker.WorkerSettings;
import dev.millrace.worker.WorkerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A worker that delivers, on a queue and to destinations of one test. */
final class Sending implements AutoCloseable {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration IN_TIME = Duration.ofSeconds(30);
    private static final BreakerPolicy QUICK = new BreakerPolicy(3, Duration.ofSeconds(5), Duration.ofMillis(200), 2);

    final Storage storage;
    final String name = "d-%016x".formatted(ThreadLocalRandom.current().nextLong());
    private final PusherFixture pushers;
    private final Routes routes = new Routes();
    final LeaseTokens tokens;
    private final Deliverer deliverer;
    private final Worker worker;

    Sending(Storage storage) {
        this(storage, new PusherFixture());
    }

    Sending(Storage storage, PusherFixture pushers) {
        this.storage = storage;
        this.pushers = pushers;
        this.tokens = new LeaseTokens(new StoreSecret(storage.secret()));
        this.deliverer = new Deliverer(
                new Destinations(storage.destinations(), List.of(), Vault.NONE),
                routes,
                pushers.pusher(),
                new Letters(tokens, storage.clock()),
                new Accounts(storage.accounts(), routes, name, storage.clock()));
        this.worker = worker(false);
    }

    private Worker worker(boolean onDemand) {
        return new Worker(
                new WorkerStore(storage.tasks(), storage.queues(), storage.wakeups(), storage.clock()),
                new Handlers(List.of(), new ObjectMapper()),
                new WorkerSettings("pusher", Set.of(name), 8, 1, 100, Duration.ofSeconds(30), onDemand, 1 << 10),
                Optional.of(deliverer));
    }

    /** By a worker for this alone. */
    Drained drain(DrainCall call) {
        return drains(call, List.of(() -> {})).getFirst();
    }

    /** By one worker for these alone, each after a step. */
    List<Drained> drains(DrainCall call, List<Runnable> steps) {
        Worker brief = worker(true);
        brief.start();
        try {
            List<Drained> all = new ArrayList<>();
            for (Runnable step : steps) {
                step.run();
                all.add(brief.drain(call));
            }
            return all;
        } finally {
            brief.stop(Duration.ofSeconds(1));
        }
    }

    Destination destination(String suffix, Limits limits, String... urls) {
        return new Destination(
                name + suffix,
                Arrays.stream(urls).map(url -> new Backend(url, 1, false)).toList(),
                Balance.ROUND_ROBIN,
                null,
                limits,
                null,
                QUICK,
                null,
                new Wire(Letter.Format.BINARY, List.of(SECRET), null),
                false,
                0);
    }

    RouteView view() {
        return routes.view(name).orElseThrow();
    }

    /** In place of a handler's work. */
    void pause(Duration length) {
        try {
            assertThat(new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean opened() {
        return routes.view(name).map(view -> view.opened() > 0).orElse(false);
    }

    void put(Destination destination) {
        storage.destinations().put(destination, DestinationStore.ANY);
    }

    TaskId submit(TaskBuilder task) {
        return submit(1, task).getFirst();
    }

    List<TaskId> submit(int count, TaskBuilder task) {
        worker.start();
        return store(count, task);
    }

    List<TaskId> store(int count, TaskBuilder task) {
        Instant now = storage.clock().instant();
        int number = storage.queues().open(name, now);
        List<Batch> batches = new ArrayList<>();
        List<TaskId> ids = new ArrayList<>(count);
        for (int left = count; left > 0; left -= BatchId.LIMIT) {
            List<NewTask> tasks = Collections.nCopies(Math.min(left, BatchId.LIMIT), task.build(now));
            Batch batch = new Batch(BatchId.make(now, number, ThreadLocalRandom.current()), name, tasks);
            IntStream.range(0, tasks.size()).forEach(i -> ids.add(batch.id().at(i)));
            batches.add(batch);
        }
        storage.tasks().submit(batches, now);
        return ids;
    }

    Task task(TaskId id) {
        return storage.tasks().find(List.of(id), true).get(id);
    }

    Task await(TaskId id, Predicate<Task> wish) {
        return until(() -> task(id), wish);
    }

    /** What it is when it is as wished. */
    <T> T until(Supplier<T> what, Predicate<T> wish) {
        long deadline = System.nanoTime() + IN_TIME.toNanos();
        T present = what.get();
        CountDownLatch never = new CountDownLatch(1);
        while (!wish.test(present)) {
            assertThat(System.nanoTime() - deadline).as("%s in time", present).isNegative();
            try {
                assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            present = what.get();
        }
        return present;
    }

    Task ended(TaskId id) {
        return await(id, task -> task.state().terminal());
    }

    @Override
    public void close() {
        worker.stop(Duration.ofSeconds(1));
        pushers.close();
    }
}
