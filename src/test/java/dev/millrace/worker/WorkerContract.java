package dev.millrace.worker;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Wakeups;
import dev.millrace.storage.Storage;
import dev.millrace.task.Cause;
import dev.millrace.task.Outcome;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Outage;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A whole worker with all its threads. */
interface WorkerContract extends StoreFixture {
    Duration PATIENT = Duration.ofSeconds(20);

    /** The same store as another process on it would see it. */
    Storage otherNode();

    default Worker worker(Storage storage, Handler... handlers) {
        WorkerSettings settings = new WorkerSettings("worker-a", Set.of(queue()), 8, 1, 100, Duration.ofSeconds(30));
        return new Worker(Crewed.ports(storage, clock()), Crewed.handlers(handlers), settings);
    }

    @Test
    default void whatIsSubmittedIsRunWithoutWaitingForAPoll() throws InterruptedException {
        int count = 500;
        CountDownLatch ran = new CountDownLatch(count);
        Worker worker = worker(storage(), Handler.raw("echo", Effort.INSTANT, (payload, context) -> {
            ran.countDown();
            return Outcome.succeeded(payload);
        }));
        worker.start();
        try {
            submitMany(count, aTask("echo"));
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.stop(PATIENT);
        }
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(count);
        assertThat(worker.running()).isZero();
    }

    @Test
    default void whatWasThereBeforeTheWorkerIsFound() throws InterruptedException {
        submitMany(3, aTask("work"));
        CountDownLatch ran = new CountDownLatch(3);
        Worker worker = worker(storage(), Crewed.waiting("work", (payload, context) -> {
            ran.countDown();
            return Outcome.succeeded();
        }));
        worker.start();
        try {
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.stop(PATIENT);
        }
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(3);
    }

    @Test
    default void cancelReachesARunningHandlerOnAnotherNode() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        Worker worker = worker(otherNode(), Crewed.waiting("work", gate));
        worker.start();
        try {
            gate.awaitBegan();
            tasks().change(List.of(new Change.Cancel(id, null)), now());
            assertThat(gate.awaitStopped()).isEqualTo(Cancellation.CANCELLED);
        } finally {
            worker.stop(PATIENT);
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    default void shutdownReleasesWhatIsLeftWithTheAttemptRefunded() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        Worker worker = worker(storage(), Crewed.waiting("work", gate));
        worker.start();
        gate.awaitBegan();
        worker.stop(Duration.ofMillis(10));
        assertThat(gate.awaitStopped()).isEqualTo(Cancellation.STOPPING);
        assertThat(worker.running()).isZero();
        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.READY);
        assertThat(task.status().attempts()).isZero();
        assertThat(task.status().crashes()).isZero();
        assertThat(causes(id)).last().isEqualTo(Cause.RELEASED);
    }

    @Test
    default void whatWasJustBeingLeasedAtTheShutdownIsReleasedToo() throws InterruptedException {
        Outage outage = new Outage();
        Worker worker = worker(outage.around(storage()), Crewed.waiting("work", new Gate()));
        worker.start();
        outage.hang();
        TaskId id = accepted(aTask("work"));
        until(() -> outage.calls("lease") > 0);
        Thread stopping = Thread.ofPlatform().start(() -> worker.stop(Duration.ofSeconds(5)));
        until(() -> stopping.getState() == Thread.State.TIMED_WAITING || !stopping.isAlive());
        outage.comeBack();
        stopping.join();
        assertThat(stateOf(id)).isEqualTo(TaskState.READY);
        assertThat(causes(id)).last().isEqualTo(Cause.RELEASED);
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in vain").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    default void shutdownWaitsForWhatEndsInTime() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        Worker worker = worker(storage(), Crewed.waiting("work", gate));
        worker.start();
        gate.awaitBegan();
        worker.quiet();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> worker.stop(PATIENT));
        gate.open();
        Gate.soon(stopping);
        assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void aQuietWorkerLeasesNothing() {
        Worker worker = worker(storage(), Crewed.waiting("work", (payload, context) -> Outcome.succeeded()));
        worker.start();
        worker.quiet();
        worker.stop(PATIENT);
        TaskId id = accepted(aTask("work"));
        assertThat(stateOf(id)).isEqualTo(TaskState.READY);
    }

    @Test
    default void aRestingWorkerFinishesWhatItRunsAndLeasesNothingUntilItIsToldTo() {
        Gate gate = new Gate();
        Worker worker = worker(storage(), Crewed.waiting("work", gate));
        TaskId first = accepted(aTask("work"));
        worker.start();
        try {
            gate.awaitBegan();
            worker.rest(true);
            TaskId second = accepted(aTask("work"));
            assertThat(worker.drain(new DrainCall(DrainCall.ALL, Duration.ofSeconds(1), Duration.ZERO)))
                    .isEqualTo(new Drained(0, true));
            gate.open();
            awaitState(first, TaskState.SUCCEEDED);
            assertThat(stateOf(second)).isEqualTo(TaskState.READY);
            worker.rest(false);
            awaitState(second, TaskState.SUCCEEDED);
        } finally {
            worker.stop(PATIENT);
        }
    }

    private void awaitState(TaskId id, TaskState state) {
        long deadline = System.nanoTime() + PATIENT.toNanos();
        while (stateOf(id) != state && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(stateOf(id)).isEqualTo(state);
    }

    @Test
    default void cpuBoundHandlersDoNotStarveOthers() throws InterruptedException {
        submitMany(20, aTask("compute"));
        submitMany(20, aTask("work"));
        Gate gate = new Gate();
        CountDownLatch worked = new CountDownLatch(20);
        Worker worker = worker(
                storage(),
                Handler.raw("compute", Effort.CPU_BOUND, gate),
                Crewed.waiting("work", (payload, context) -> {
                    worked.countDown();
                    return Outcome.succeeded();
                }));
        worker.start();
        try {
            gate.awaitBegan();
            assertThat(worked.await(20, TimeUnit.SECONDS)).isTrue();
            TaskFilter computing = new TaskFilter(queue(), TaskState.RUNNING, "compute", null, Map.of(), null, null);
            assertThat(tasks().list(computing, null, 100, now()).tasks()).hasSize(1);
        } finally {
            gate.open();
            worker.stop(PATIENT);
        }
    }

    @Test
    default void aWorkerOutlivesAnOutageOfItsStore() throws InterruptedException {
        Outage outage = new Outage();
        CountDownLatch ran = new CountDownLatch(2);
        Worker worker = worker(outage.around(storage()), Crewed.waiting("work", (payload, context) -> {
            ran.countDown();
            return Outcome.succeeded();
        }));
        outage.goDown();
        submitMany(1, aTask("work"));
        worker.start();
        try {
            outage.comeBack();
            submitMany(1, aTask("work"));
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.stop(PATIENT);
        }
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(2);
    }

    /** The subscription ends with the worker, so nothing calls into it afterwards. */
    @Test
    default void aStoppedWorkerNoLongerListens() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Wakeups real = storage().wakeups();
        Wakeups watched = listener -> {
            Wakeups.Subscription subscription = real.subscribe(listener);
            return () -> {
                subscription.close();
                closed.complete(true);
            };
        };
        Worker worker = new Worker(
                new WorkerStore(tasks(), storage().queues(), watched, clock()),
                Crewed.handlers(Crewed.waiting("work", (payload, context) -> Outcome.succeeded())),
                new WorkerSettings("worker-a", Set.of(queue()), 1, 1, 1, Duration.ofSeconds(30)));
        worker.start();
        worker.stop(PATIENT);
        assertThat(Gate.soon(closed)).isTrue();
    }
}
