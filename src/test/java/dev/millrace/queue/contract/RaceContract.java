package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Lease;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Submitted.Created;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many at once: nothing is lost, nothing is had by two. */
public interface RaceContract extends StoreFixture {
    int THREADS = 8;
    int TASKS = 4_000;

    @Test
    default void nothingIsLostOrLeasedTwiceWhenAllHappensAtOnce() throws Exception {
        storage().queues().open(queue(), now());
        Map<TaskId, Integer> completions = new ConcurrentHashMap<>();
        AtomicInteger left = new AtomicInteger(TASKS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < THREADS / 2; i++) {
            work.add(() -> {
                for (int n = 0; n < TASKS / (THREADS / 2); n += 25) {
                    submitMany(25, aTask(n % 2 == 0 ? "even" : "odd"));
                }
                return null;
            });
            work.add(() -> {
                while (left.get() > 0 && System.nanoTime() < deadline) {
                    left.addAndGet(-settleSome(lease(20), completions));
                }
                return null;
            });
        }

        atOnce(work);

        assertThat(left).hasValue(0);
        assertThat(completions)
                .hasSize(TASKS)
                .allSatisfy((id, n) -> assertThat(n).isEqualTo(1));
        assertThat(count(TaskState.SUCCEEDED) + count(TaskState.DEAD)).isEqualTo(TASKS);
        assertThat(count(TaskState.READY) + count(TaskState.SCHEDULED) + count(TaskState.RUNNING))
                .isZero();
    }

    /** Ends some for good, fails or releases the rest; answers how many ended. */
    private int settleSome(List<Lease> leases, Map<TaskId, Integer> completions) {
        List<Settlement> settlements = new ArrayList<>();
        for (Lease lease : leases) {
            settlements.add(new Settlement(
                    lease.token(),
                    switch (ThreadLocalRandom.current().nextInt(10)) {
                        case 0 -> new Verdict.RetryAt(now(), ERROR, Cause.FAILED);
                        case 1 -> new Verdict.Release(null, null);
                        case 2 -> new Verdict.Bury(ERROR, Cause.FAILED);
                        default -> new Verdict.Succeed(null);
                    }));
        }
        int ended = 0;
        for (Settled settled : tasks().settle(settlements, now())) {
            assertThat(settled.result()).isEqualTo(Settled.Result.DONE);
            if (settled.state().terminal()) {
                completions.merge(settled.id(), 1, Integer::sum);
                ended++;
            }
        }
        return ended;
    }

    @Test
    default void oneOfManyWhoSubmitTheSameNameCreatesIt() throws Exception {
        Batch[] batches = new Batch[THREADS];
        Arrays.setAll(batches, i -> batch(aTask().named(own("race")).withKey("k"), aTask().withKey("k2")));
        List<Callable<List<Submitted>>> work = new ArrayList<>();
        for (Batch batch : batches) {
            work.add(() -> submit(batch));
        }

        List<List<Submitted>> answers = atOnce(work);

        assertThat(answers.stream().filter(a -> a.get(0) instanceof Created)).hasSize(1);
        assertThat(answers.stream().filter(a -> a.get(1) instanceof Created)).hasSize(1);
        assertThat(count(TaskState.READY)).isEqualTo(2);
    }

    @Test
    default void oneOfManyWhoClaimANameInDifferentQueuesGetsIt() throws Exception {
        List<Callable<Submitted>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Batch batch = batchFor(scene().newQueue(), aTask().named(own("race")));
            work.add(() -> submit(batch).getFirst());
        }

        List<Submitted> answers = atOnce(work);

        assertThat(answers.stream().filter(Created.class::isInstance)).hasSize(1);
        assertThat(scene().queues().stream()
                        .flatMap(q -> storage().queues().find(q, now()).stream())
                        .mapToLong(s -> s.count(TaskState.READY))
                        .sum())
                .isEqualTo(1);
        assertThat(stateOf(new TaskId(own("race")))).isEqualTo(TaskState.READY);
    }

    @Test
    default void sameBatchFromManyThreadsIsAddedOnce() throws Exception {
        TaskBuilder[] some = new TaskBuilder[50];
        Arrays.fill(some, aTask());
        Batch batch = batch(some);
        List<Callable<List<Submitted>>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            work.add(() -> submit(batch));
        }

        atOnce(work);

        assertThat(count(TaskState.READY)).isEqualTo(50);
        assertThat(lease(100)).hasSize(50);
    }

    @Test
    default void oneOfManyWhoEndTheSameLeaseEndsIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            TaskId id = accepted(aTask());
            Lease lease = leaseOne();
            AtomicInteger settled = new AtomicInteger();
            AtomicInteger cancelled = new AtomicInteger();
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                work.add(() -> settled.addAndGet(bury(lease).result() == Settled.Result.DONE ? 1 : 0));
                work.add(() -> settled.addAndGet(succeed(lease).result() == Settled.Result.DONE ? 1 : 0));
                work.add(() -> settled.addAndGet(release(lease).result() == Settled.Result.DONE ? 1 : 0));
                work.add(() -> cancelled.addAndGet(cancel(id).result() == Changed.Result.DONE ? 1 : 0));
            }

            atOnce(work);

            assertThat(settled.get()).isBetween(0, 1);
            assertThat(cancelled.get()).isBetween(1 - settled.get(), 1);
            assertThat(stateOf(id) == TaskState.CANCELLED).isEqualTo(cancelled.get() == 1);
            lease(10);
        }
    }

    @Test
    default void upkeepFromManyNodesMovesEachTaskOnce() throws Exception {
        submitMany(400, aTask().dueAt(now().plusSeconds(1)));
        submitMany(400, aTask());
        lease(400);
        clock().tick(LEASE.plusSeconds(1));
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            work.add(() -> {
                int moved = 0;
                int some;
                do {
                    some = tasks().tidy(queue(), 50, now());
                    moved += some;
                } while (some >= 50);
                return moved;
            });
        }

        int moved = atOnce(work).stream().mapToInt(Integer::intValue).sum();

        assertThat(moved).isEqualTo(800);
        assertThat(count(TaskState.READY)).isEqualTo(800);
        assertThat(lease(500)).allMatch(l -> l.task().status().crashes() <= 1);
    }

    private Changed cancel(TaskId id) {
        return tasks().change(List.of(new Change.Cancel(id, null)), now()).getFirst();
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
