package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Ear;
import dev.millrace.testing.StoreFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How many tasks of a queue run at once. */
public interface ConcurrencyContract extends StoreFixture {
    private void limit(Long concurrency) {
        storage().queues().open(queue(), now());
        assertThat(storage().queues().configure(queue(), QueueConfig.DEFAULT.withConcurrency(concurrency)))
                .isTrue();
    }

    @Test
    default void noMoreAreLeasedThanMayRunAtOnce() {
        limit(3L);
        submitMany(10, aTask());

        List<Lease> first = lease(10);
        assertThat(first).hasSize(3);
        assertThat(lease(10)).isEmpty();
        assertThat(count(TaskState.READY)).isEqualTo(7);
        succeed(first.get(1));
        assertThat(lease(10)).hasSize(1);
        assertThat(lease(10)).isEmpty();
    }

    @Test
    default void typesAndDestinationsShareTheConcurrency() {
        limit(4L);
        submitMany(3, aTask("a"));
        submitMany(3, aTask("b"));
        submitMany(3, aTask().forDestination("out"));

        assertThat(lease(2, LEASE, "a")).hasSize(2);
        assertThat(tasks().lease(
                                new LeaseRequest(queue(), 1, LEASE, "worker-2", new Lanes.Destinations(9, Map.of())),
                                now()))
                .hasSize(1);
        assertThat(lease(10, LEASE, "b", "a")).hasSize(1);
        assertThat(lease(10)).isEmpty();
    }

    @Test
    default void theFirstInLineGoFirstAlsoWhereTheLimitCutsThemOff() {
        limit(2L);
        submitMany(1, aTask("a").withPriority(1));
        submitMany(2, aTask("b").withPriority(9));

        assertThat(lease(10)).extracting(lease -> lease.task().spec().type()).containsExactly("b", "b");
    }

    @Test
    default void everyWayOutOfRunningMakesRoom() {
        limit(1L);
        submitMany(9, aTask());

        succeed(leaseOne());
        bury(leaseOne());
        retryAt(leaseOne(), now().plusSeconds(3600));
        release(leaseOne());
        tasks().change(List.of(new Change.Cancel(leaseOne().task().id(), null)), now());
        loseLease(leaseOne());
        leaseOne();
        assertThat(lease(1)).isEmpty();
    }

    @Test
    default void whatExpiredMakesRoomWithoutAScheduler() {
        limit(2L);
        submitMany(4, aTask());
        assertThat(lease(10)).hasSize(2);
        clock().tick(LEASE.plusMillis(1));

        assertThat(lease(10)).hasSize(2);
    }

    @Test
    default void aLowerLimitTakesNothingFromWhatRuns() {
        submitMany(9, aTask());
        List<Lease> running = lease(4);
        limit(2L);

        succeed(running.get(0));
        succeed(running.get(1));
        assertThat(lease(10)).isEmpty();
        succeed(running.get(2));
        assertThat(lease(10)).hasSize(1);
        limit(3L);
        assertThat(lease(10)).hasSize(1);
        limit(null);
        assertThat(lease(10)).hasSize(3);
    }

    @Test
    default void manyWhoLeaseAtOnceDoNotOvershoot() throws Exception {
        limit(7L);
        submitMany(100, aTask());
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            work.add(() -> lease(3).size() + lease(3).size());
        }

        int leased = 0;
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Integer> one : threads.invokeAll(work)) {
                leased += one.get();
            }
        }
        assertThat(leased).isEqualTo(7);
        assertThat(count(TaskState.RUNNING)).isEqualTo(7);
    }

    @Test
    default void roomIsAnnouncedWhenThereWasNone() {
        limit(2L);
        submitMany(3, aTask());
        List<Lease> running = lease(2);
        try (Ear ear = new Ear(storage().wakeups())) {
            heardSoFar(ear);
            succeed(running.get(0));
            ear.expect("ready " + queue());
            succeed(running.get(1));
            assertThat(heardSoFar(ear)).doesNotContain("ready " + queue());
        }
    }

    /** All that was announced before this; something that comes after it is waited for. */
    private List<String> heardSoFar(Ear ear) {
        String other = scene().newQueue();
        storage().queues().open(other, now());
        storage().queues().pause(other, false);
        return ear.expect("ready " + other);
    }

    @Test
    default void aChangeOfTheLimitIsAnnounced() {
        limit(1L);
        submitMany(2, aTask());
        leaseOne();
        try (Ear ear = new Ear(storage().wakeups())) {
            limit(2L);
            ear.expect("ready " + queue());
        }
    }
}
