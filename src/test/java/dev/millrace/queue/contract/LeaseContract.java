package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets which task, and when. */
public interface LeaseContract extends StoreFixture {
    @Test
    default void leaseHandsOutATaskWithItsTokenAndDeadline() {
        Batch batch = batch(aTask().named(own("the-task")).withPayload("[1]"));
        submit(batch);
        clock().tickSeconds(5);

        Lease lease = leaseOne();

        assertThat(lease.token()).isEqualTo(new LeaseToken(batch.id().at(0), 1));
        assertThat(lease.expiresAt()).isEqualTo(now().plus(LEASE));
        Task task = lease.task();
        assertThat(task.id()).isEqualTo(new TaskId(own("the-task")));
        assertThat(task.queue()).isEqualTo(queue());
        assertThat(task.spec()).isEqualTo(batch.tasks().getFirst().spec());
        assertThat(task.details().history()).isEmpty();
        assertThat(task.details().log()).isEmpty();
        assertThat(task.status()).isEqualTo(find(task.id()).status());
    }

    @Test
    default void leasedTaskIsRunning() {
        TaskId id = accepted(aTask());
        clock().tickSeconds(5);
        leaseOne();

        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.RUNNING);
        assertThat(task.status().generation()).isEqualTo(1);
        assertThat(task.status().attempts()).isEqualTo(1);
        assertThat(task.status().crashes()).isZero();
        assertThat(task.status().worker()).isEqualTo("worker-1");
        assertThat(task.status().times().startedAt()).isEqualTo(now());
        assertThat(task.status().times().leaseExpiresAt()).isEqualTo(now().plus(LEASE));
        assertThat(task.status().times().readyAt()).isEqualTo(now().minusSeconds(5));
        assertThat(task.details().history().getLast())
                .isEqualTo(new Event(now(), TaskState.RUNNING, Cause.LEASED, 1, "worker-1", null));
    }

    @Test
    default void leasedTaskIsInvisibleUntilItsLeaseExpires() {
        TaskId id = accepted(aTask());
        leaseOne();

        clock().tick(LEASE.minusMillis(1));
        assertThat(lease(10)).isEmpty();

        clock().tickMillis(2);
        assertThat(leasedIds(10)).containsExactly(id);
        assertThat(find(id).status().generation()).isEqualTo(2);
    }

    @Test
    default void sameTypeAndPriorityIsFirstInFirstOut() {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(accepted(aTask()));
            clock().tickMillis(i % 3);
        }

        assertThat(leasedIds(7)).isEqualTo(ids.subList(0, 7));
        assertThat(leasedIds(500)).isEqualTo(ids.subList(7, 20));
    }

    @Test
    default void tasksOfOneBatchComeInItsOrder() {
        Batch batch = batch(aTask("a"), aTask("b"), aTask("a"), aTask("c"), aTask("b"));
        submit(batch);

        assertThat(leasedIds(5))
                .containsExactly(
                        batch.id().at(0),
                        batch.id().at(1),
                        batch.id().at(2),
                        batch.id().at(3),
                        batch.id().at(4));
    }

    @Test
    default void higherPriorityGoesFirst() {
        TaskId low = accepted(aTask().withPriority(0));
        TaskId usual = accepted(aTask("other"));
        TaskId high = accepted(aTask().withPriority(9));

        assertThat(leasedIds(3)).containsExactly(high, usual, low);
    }

    @Test
    default void priorityIsWorthAMinutePerStep() {
        TaskId first = accepted(aTask("a").withPriority(4));
        clock().tick(Duration.ofMinutes(2).minusMillis(1));
        TaskId second = accepted(aTask("b").withPriority(6));
        clock().tickMillis(2);
        TaskId third = accepted(aTask("c").withPriority(6));

        assertThat(leasedIds(3)).containsExactly(second, first, third);
    }

    @Test
    default void lowestPriorityGoesBeforeWhatBecameReadyNineMinutesLater() {
        TaskId low = accepted(aTask().withPriority(0));
        clock().tick(Duration.ofMinutes(9).plusMillis(1));
        TaskId high = accepted(aTask().withPriority(9));

        assertThat(leasedIds(2)).containsExactly(low, high);
    }

    @Test
    default void arrivalDecidesBetweenTypesThatBecameReadyTogether() {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ids.add(accepted(aTask(i % 2 == 0 ? "even" : "odd")));
        }

        assertThat(leasedIds(4)).isEqualTo(ids.subList(0, 4));
        assertThat(leasedIds(9)).isEqualTo(ids.subList(4, 9));
    }

    @Test
    default void arrivalDecidesAlsoBetweenMoreTypesThanAreAskedFor() {
        TaskBuilder[] tasks = new TaskBuilder[40];
        Arrays.setAll(tasks, i -> aTask("type-" + (90 - i)));
        Batch batch = batch(tasks);
        submit(batch);

        for (int i = 0; i < 40; i += 4) {
            assertThat(leasedIds(4))
                    .containsExactly(
                            batch.id().at(i),
                            batch.id().at(i + 1),
                            batch.id().at(i + 2),
                            batch.id().at(i + 3));
        }
    }

    @Test
    default void onlyTheTypesAskedForAreLeased() {
        TaskId a = accepted(aTask("a"));
        TaskId b = accepted(aTask("b"));
        TaskId c = accepted(aTask("c"));

        assertThat(leasedIds(10, "nobody")).isEmpty();
        assertThat(leasedIds(10, "c", "a", "nobody")).containsExactly(a, c);
        assertThat(leasedIds(10)).containsExactly(b);
    }

    @Test
    default void tasksOfOtherTypesAreNotScannedPast() {
        submitMany(2_000, aTask("crowd"));
        TaskId rare = accepted(aTask("rare"));

        assertThat(leasedIds(10, "rare")).containsExactly(rare);
        assertThat(find(rare).status().generation()).isEqualTo(1);
    }

    @Test
    default void noMoreIsLeasedThanAskedFor() {
        submitMany(1_200, aTask());

        assertThat(lease(LeaseRequest.MAX)).hasSize(LeaseRequest.MAX);
        assertThat(lease(1)).hasSize(1);
        assertThat(lease(LeaseRequest.MAX)).hasSize(LeaseRequest.MAX);
        assertThat(lease(LeaseRequest.MAX)).hasSize(199);
        assertThat(lease(LeaseRequest.MAX)).isEmpty();
    }

    @Test
    default void leaseGathersFromManyTypes() {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(accepted(aTask("type-" + i % 25)));
        }

        assertThat(leasedIds(40)).isEqualTo(ids.subList(0, 40));
    }

    @Test
    default void pausedQueueGivesNothingUntilResumed() {
        TaskId id = accepted(aTask());
        storage().queues().pause(queue(), true);
        TaskId later = accepted(aTask());

        assertThat(lease(10)).isEmpty();

        storage().queues().pause(queue(), false);
        assertThat(leasedIds(10)).containsExactly(id, later);
    }

    @Test
    default void whatRunsWhileTheQueueIsPausedCanEnd() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        storage().queues().pause(queue(), true);

        succeed(lease);

        assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void queueThatDoesNotExistGivesNothing() {
        LeaseRequest request = new LeaseRequest(scene().newQueue(), 10, LEASE, "worker-1", Lanes.ALL_TYPES);

        assertThat(tasks().lease(request, now())).isEmpty();
        assertThat(storage().queues().find(request.queue(), now())).isEmpty();
    }

    @Test
    default void leaseTakesFromItsQueueAlone() {
        String other = scene().newQueue();
        acceptedIn(other, aTask());
        TaskId here = accepted(aTask());

        assertThat(leasedIds(10)).containsExactly(here);
    }

    @Test
    default void longestWorkerNameIsKept() {
        TaskId id = accepted(aTask());
        String worker = "wörker".repeat(30).substring(0, 128);

        tasks().lease(new LeaseRequest(queue(), 1, LEASE, worker, Lanes.ALL_TYPES), now());

        assertThat(find(id).status().worker()).isEqualTo(worker);
    }

    @Test
    default void longestLeaseIsKept() {
        accepted(aTask());

        assertThat(lease(1, LeaseRequest.LONGEST).getFirst().expiresAt()).isEqualTo(now().plus(LeaseRequest.LONGEST));
        clock().tick(LeaseRequest.LONGEST.minusMillis(1));
        assertThat(lease(1)).isEmpty();
    }
}
