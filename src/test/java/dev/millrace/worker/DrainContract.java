package dev.millrace.worker;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.TaskStore;
import dev.millrace.storage.Storage;
import dev.millrace.task.Cause;
import dev.millrace.task.Outcome;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A worker that runs tasks while it is asked to, and at no other time. */
interface DrainContract extends StoreFixture {
    DrainCall ALL = new DrainCall(DrainCall.ALL, Duration.ofMinutes(1), Duration.ZERO);

    Storage otherNode();

    private void onDemand(Storage storage, TaskHandler<dev.millrace.task.Payload> handler, Consumer<Worker> test) {
        onDemand(Crewed.ports(storage, clock()), handler, test);
    }

    private void onDemand(WorkerStore ports, TaskHandler<dev.millrace.task.Payload> handler, Consumer<Worker> test) {
        WorkerSettings settings = new WorkerSettings(
                "worker-a", Set.of(queue()), 8, 1, 100, Duration.ofSeconds(30), true, WorkerSettings.RESULT_BYTES);
        Worker worker = new Worker(
                ports,
                Crewed.handlers(
                        Crewed.waiting("work", handler),
                        Handler.raw("echo", Effort.INSTANT, (payload, context) -> Outcome.succeeded(payload))),
                settings);
        worker.start();
        try {
            test.accept(worker);
        } finally {
            worker.stop(Duration.ofSeconds(20));
        }
    }

    private static Outcome succeed(Object payload, TaskContext context) {
        return Outcome.succeeded();
    }

    @Test
    default void drainRunsWhatThereIsAndCountsIt() {
        submitMany(30, aTask("work"));
        submitMany(700, aTask("echo"));
        onDemand(storage(), DrainContract::succeed, worker -> {
            assertThat(worker.drain(ALL)).isEqualTo(new Drained(730, false));
            assertThat(count(TaskState.SUCCEEDED)).isEqualTo(730);
            assertThat(worker.drain(ALL)).isEqualTo(new Drained(0, false));
        });
    }

    @Test
    default void whatIsDueIsDrainedAndWhatIsNotIsLeft() {
        accepted(aTask("work").dueAt(now().plusSeconds(10)));
        accepted(aTask("work").dueAt(now().plusSeconds(60)));
        clock().tickSeconds(10);
        onDemand(
                storage(),
                DrainContract::succeed,
                worker -> assertThat(worker.drain(ALL)).isEqualTo(new Drained(1, false)));
    }

    @Test
    default void nothingIsLeasedWhileNobodyDrains() {
        AtomicInteger ran = new AtomicInteger();
        onDemand(
                storage(),
                (payload, context) -> {
                    ran.incrementAndGet();
                    return Outcome.succeeded();
                },
                worker -> {
                    worker.drain(ALL);
                    submitMany(5, aTask("work"));
                    assertThat(worker.running()).isZero();
                });
        assertThat(ran).hasValue(0);
        assertThat(count(TaskState.READY)).isEqualTo(5);
    }

    @Test
    default void drainEndsAfterSoManyTasks() {
        submitMany(20, aTask("work"));
        submitMany(20, aTask("echo"));
        DrainCall seven = new DrainCall(7, Duration.ofMinutes(1), Duration.ZERO);
        onDemand(
                storage(),
                DrainContract::succeed,
                worker -> assertThat(worker.drain(seven)).isEqualTo(new Drained(7, true)));
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(7);
    }

    @Test
    default void whatIsJustBeingLeasedIsWaitedFor() {
        submitMany(7, aTask("work"));
        CompletableFuture<Drained> drained = new CompletableFuture<>();
        WorkerStore ports = Crewed.ports(storage(), clock());
        TaskStore slow = handedOverSlowly(ports.tasks(), drained);
        onDemand(
                new WorkerStore(slow, ports.queues(), ports.wakeups(), clock()),
                DrainContract::succeed,
                worker -> drained.completeAsync(
                                () -> worker.drain(new DrainCall(7, Duration.ofMinutes(1), Duration.ZERO)))
                        .join());
        assertThat(drained).isCompletedWithValue(new Drained(7, false));
    }

    /** What it leases cannot be looked at for a while, or until this has come. */
    private static TaskStore handedOverSlowly(TaskStore real, CompletableFuture<?> until) {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(real, arguments);
                    return method.getName().equals("lease") ? new Slow<>((List<?>) answer, until) : answer;
                });
    }

    /** A list that is slow to be walked through. */
    final class Slow<T> extends AbstractList<T> {
        private final List<T> list;
        private final CompletableFuture<?> until;

        private Slow(List<T> list, CompletableFuture<?> until) {
            this.list = list;
            this.until = until;
        }

        @Override
        public T get(int index) {
            if (index == 0) {
                until.handle((_, _) -> null)
                        .completeOnTimeout(null, 300, TimeUnit.MILLISECONDS)
                        .join();
            }
            return list.get(index);
        }

        @Override
        public int size() {
            return list.size();
        }
    }

    @Test
    default void answerIsHeldWhileATaskRunsUpToTwiceTheSlice() {
        Gate gate = new Gate();
        TaskId id = accepted(aTask("work"));
        onDemand(storage(), gate, worker -> {
            DrainCall second = new DrainCall(DrainCall.ALL, Duration.ofSeconds(1), Duration.ZERO);
            CompletableFuture<Drained> draining = CompletableFuture.supplyAsync(() -> worker.drain(second));
            gate.awaitBegan();
            assertThat(Gate.soon(draining)).isEqualTo(new Drained(0, true));
            assertThat(stateOf(id)).isEqualTo(TaskState.RUNNING);
            CompletableFuture<Drained> again = CompletableFuture.supplyAsync(() -> worker.drain(ALL));
            gate.open();
            assertThat(Gate.soon(again).more()).isFalse();
            assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
        });
    }

    @Test
    default void taskThatTakesLongerThanTheDrainHasForOneTimesOut() {
        Gate gate = new Gate();
        TaskId id = accepted(aTask("work"));
        onDemand(storage(), gate, worker -> {
            DrainCall brief = ALL.within(Duration.ofSeconds(1), Duration.ofMillis(100));
            assertThat(worker.drain(brief)).isEqualTo(new Drained(1, false));
        });
        assertThat(causes(id)).endsWith(Cause.TIMED_OUT);
        assertThat(find(id).details().error().message()).contains("PT0.1S, and this worker has no more time");
        assertThat(find(id).status().attempts()).isEqualTo(1);
    }

    @Test
    default void taskThatNobodyHandlesDoesNotKeepADrainGoing() {
        submitMany(3, aTask("by-hand"));
        onDemand(
                storage(),
                DrainContract::succeed,
                worker -> assertThat(worker.drain(ALL)).isEqualTo(new Drained(0, false)));
        assertThat(count(TaskState.READY)).isEqualTo(3);
    }

    @Test
    default void drainEndsWhenTheWorkerIsToldToStopAndSaysThatThereIsMore() {
        submitMany(20, aTask("work"));
        Gate gate = new Gate();
        onDemand(storage(), gate, worker -> {
            CompletableFuture<Drained> draining = CompletableFuture.supplyAsync(() -> worker.drain(ALL));
            gate.awaitBegan();
            worker.stop(Duration.ofMillis(10));
            assertThat(Gate.soon(draining)).isEqualTo(new Drained(0, true));
            assertThat(worker.drain(ALL)).isEqualTo(new Drained(0, true));
        });
        assertThat(count(TaskState.READY)).isEqualTo(20);
    }

    @Test
    default void drainsShareTheWorkAndEachIsDoneOnce() {
        submitMany(900, aTask("echo"));
        onDemand(storage(), DrainContract::succeed, worker -> {
            CompletableFuture<Drained> other = CompletableFuture.supplyAsync(() -> worker.drain(ALL));
            long here = worker.drain(ALL).done();
            assertThat(here + Gate.soon(other).done()).isEqualTo(900);
        });
    }

    @Test
    default void idleDrainTakesWhatComesMeanwhile() {
        DrainCall patient = new DrainCall(1, Duration.ofMinutes(1), Duration.ofSeconds(30));
        onDemand(otherNode(), DrainContract::succeed, worker -> {
            CompletableFuture<Drained> draining = CompletableFuture.supplyAsync(() -> worker.drain(patient));
            accepted(aTask("work"));
            assertThat(Gate.soon(draining)).isEqualTo(new Drained(1, false));
        });
    }
}
