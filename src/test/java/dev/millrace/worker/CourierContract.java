package dev.millrace.worker;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.task.LogLine;
import dev.millrace.task.Outcome;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a worker does for a courier. */
interface CourierContract extends StoreFixture {
    Duration IN_TIME = Duration.ofSeconds(20);

    default Worker workerFor(Courier courier) {
        WorkerSettings settings = new WorkerSettings("worker-a", Set.of(queue()), 8, 1, 100, Duration.ofSeconds(30));
        return new Worker(
                Crewed.ports(storage(), clock()),
                Crewed.handlers(Crewed.waiting("work", (payload, context) -> Outcome.succeeded())),
                settings,
                Optional.of(courier));
    }

    @Test
    default void tasksOfDestinationsGoToTheCourierAsFarAsThereIsRoom() throws InterruptedException {
        Parcels parcels = new Parcels(3);
        Worker worker = workerFor(parcels);
        worker.start();
        try {
            submitMany(10, aTask("work").forDestination("hooks"));
            TaskId pulled = accepted(aTask("work"));
            for (int i = 0; i < 10; i++) {
                parcels.next().complete(new Delivery.Ended(Outcome.succeeded()));
            }
            assertThat(tasks().find(List.of(pulled), false)).hasSize(1);
        } finally {
            worker.stop(IN_TIME);
        }
        assertThat(parcels.most.get()).isLessThanOrEqualTo(3);
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(11);
    }

    @Test
    default void whatTheCourierSaysIsKeptWithTheAttempt() throws InterruptedException {
        TaskId id = accepted(aTask().forDestination("hooks"));
        Parcels parcels = new Parcels(1);
        Worker worker = workerFor(parcels);
        worker.start();
        try {
            parcels.next().complete(new Delivery.Ended(Outcome.failedForGood("Http500", "it said 500")));
        } finally {
            worker.stop(IN_TIME);
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.DEAD);
        assertThat(find(id).details().log()).extracting(LogLine::line).containsExactly("on my way");
    }

    @Test
    default void taskThatIsEndedLaterStaysLeasedForItsTimeout() throws InterruptedException {
        TaskId id = accepted(aTask().forDestination("hooks").withTimeout(Duration.ofHours(1)));
        Parcels parcels = new Parcels(1);
        Worker worker = workerFor(parcels);
        worker.start();
        try {
            parcels.next().complete(new Delivery.Later());
        } finally {
            worker.stop(IN_TIME);
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.RUNNING);
        assertThat(find(id).status().times().leaseExpiresAt()).isEqualTo(now().plus(Duration.ofHours(1)));
        assertThat(worker.running()).isZero();
    }

    @Test
    default void whatIsLeftBehindForWantOfRoomIsLeasedWhenThereIsSome() throws InterruptedException {
        submitMany(6, aTask("work").forDestination("hooks"));
        submitMany(6, aTask("work").forDestination("mail"));
        Parcels parcels = new Parcels(4);
        Worker worker = workerFor(parcels);
        worker.start();
        try {
            for (int i = 0; i < 12; i++) {
                parcels.next().complete(new Delivery.Ended(Outcome.succeeded()));
            }
        } finally {
            worker.stop(IN_TIME);
        }
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(12);
    }

    @Test
    default void closedCourierGetsNothing() {
        TaskId id = accepted(aTask().forDestination("hooks"));
        Parcels parcels = new Parcels(0);
        Worker worker = workerFor(parcels);
        worker.start();
        worker.stop(IN_TIME);
        assertThat(find(id).status().generation()).isZero();
    }

    /** Holds what it is given until the test says what came of it. */
    final class Parcels implements Courier {
        private final BlockingQueue<CompletableFuture<Delivery>> given = new LinkedBlockingQueue<>();
        private final AtomicInteger held = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final int size;

        Parcels(int size) {
            this.size = size;
        }

        CompletableFuture<Delivery> next() throws InterruptedException {
            CompletableFuture<Delivery> one = given.poll(20, TimeUnit.SECONDS);
            assertThat(one).as("a delivery in time").isNotNull();
            return one;
        }

        @Override
        public Optional<Lanes> open() {
            int left = room();
            return size == 0 ? Optional.empty() : Optional.of(new Lanes.Destinations(Math.max(1, left), Map.of()));
        }

        @Override
        public boolean isThere() {
            return size > 0;
        }

        @Override
        public boolean wants(String destination) {
            return room() > 0;
        }

        @Override
        public int room() {
            return size - held.get();
        }

        @Override
        public void onRoom(Runnable listener) {}

        @Override
        public CompletionStage<Delivery> deliver(Lease lease, Receipt receipt) {
            most.accumulateAndGet(held.incrementAndGet(), Math::max);
            receipt.log("on my way");
            CompletableFuture<Delivery> delivery = new CompletableFuture<>();
            CompletionStage<Delivery> told = delivery.whenComplete((said, failure) -> held.decrementAndGet());
            given.add(delivery);
            return told;
        }

        @Override
        public void doubt() {
            // It takes whatever comes.
        }

        @Override
        public long tend() {
            return TimeUnit.SECONDS.toNanos(1);
        }
    }
}
