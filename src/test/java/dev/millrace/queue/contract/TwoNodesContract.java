package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cluster.Node;
import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Ear;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two nodes on one store see the same, whatever each of them remembers. For stores that more than one may open. */
public interface TwoNodesContract extends StoreFixture {
    /** The same store, opened a second time as another node would. */
    Storage second();

    @Test
    default void taskOfOneNodeIsRunByTheOtherAndSeenByBoth() {
        TaskId id = accepted(aTask().named(own("shared")).withPayload("[1]"));

        Lease lease = leaseOnSecond();
        assertThat(lease.task().id()).isEqualTo(id);
        assertThat(lease.task().spec().payload()).isEqualTo(Payload.of("[1]"));
        assertThat(find(id).status()).isEqualTo(lease.task().status());
        assertThat(second().tasks()
                        .settle(List.of(new Settlement(lease.token(), new Verdict.Succeed(Payload.of("2")))), now())
                        .getFirst()
                        .result())
                .isEqualTo(Settled.Result.DONE);

        assertThat(find(id).state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(second().tasks().find(List.of(id), true)).isEqualTo(tasks().find(List.of(id), true));
        assertThat(second().queues().find(queue(), now()))
                .isEqualTo(storage().queues().find(queue(), now()));
    }

    @Test
    default void leaseOfOneNodeIsFencedOnTheOther() {
        accepted(aTask());
        Lease first = leaseOne();
        clock().set(first.expiresAt().plusMillis(1));
        Lease second = leaseOnSecond();

        assertThat(succeed(first).result()).isEqualTo(Settled.Result.LOST);
        assertThat(settle(second.token(), new Verdict.Succeed(null)).result()).isEqualTo(Settled.Result.DONE);
    }

    @Test
    default void repeatIsRecognisedOnTheOtherNode() {
        Batch batch = batch(aTask(), aTask().named(own("n")).withKey("k"));
        submit(batch);

        second().tasks().submit(List.of(batch), now());

        assertThat(count(TaskState.READY)).isEqualTo(2);
        Batch again = batch(aTask().named(own("n")), aTask().withKey("k"));
        assertThat(second().tasks().submit(List.of(again), now()).getFirst())
                .hasOnlyElementsOfType(Submitted.Repeated.class);
    }

    @Test
    default void editedPayloadIsSeenByTheOtherNode() {
        TaskId id = accepted(aTask().withPayload("1"));
        assertThat(second().tasks().find(List.of(id), true)).containsKey(id);
        bury(leaseOne());
        tasks().change(List.of(new Change.Retry(id, null, Payload.of("2"))), now());

        assertThat(leaseOnSecond().task().spec().payload()).isEqualTo(Payload.of("2"));
    }

    @Test
    default void pauseAndSettingsHoldOnBothNodes() {
        accepted(aTask());
        second().queues().find(queue(), now());
        storage().queues().pause(queue(), true);
        storage().queues().configure(queue(), new QueueConfig(1L, TaskOptions.NONE, QueueConfig.Retention.DEFAULT));

        assertThat(leasesOnSecond()).isEmpty();
        assertThat(second().tasks().submit(List.of(batch(aTask())), now()).getFirst())
                .hasOnlyElementsOfType(Submitted.QueueFull.class);
        assertThat(second().queues().find(queue(), now()).orElseThrow().config().maxDepth())
                .isEqualTo(1);
    }

    @Test
    default void queueThatWasDeletedAndMadeAnewIsTheSameForBothNodes() {
        TaskId former = accepted(aTask());
        Batch late = batch(aTask().named(own("late")), aTask());
        second().tasks().find(List.of(former), true);
        second().queues().delete(queue(), true);

        assertThat(exists(former)).isFalse();
        assertRefused(late);
        second().queues().open(queue(), now());
        assertRefused(late);
        TaskId id = accepted(aTask());

        assertThat(second().queues().names()).containsEntry(queue(), snapshot().number());
        Lease lease = leaseOnSecond();
        assertThat(lease.task().id()).isEqualTo(id);
        assertThat(succeed(lease).result()).isEqualTo(Settled.Result.DONE);
        assertThat(second().tasks()
                        .list(TaskFilter.ofQueue(queue(), null), null, 10, now())
                        .tasks())
                .extracting(Task::id)
                .containsExactly(id);
    }

    @Test
    default void nodesHearEachOther() {
        try (Ear ear = new Ear(second().wakeups())) {
            Batch batch = batch(aTask().awaited());
            TaskId id = batch.id().at(0);
            submit(batch);
            ear.expect("ready " + queue());
            Lease lease = leaseOne();
            release(lease);
            ear.expect("ready " + queue());
            leaseOne();
            tasks().change(List.of(new Change.Cancel(id, null)), now());
            ear.expect("cancelled " + id);
            tasks().change(List.of(new Change.Retry(id, null, null)), now());
            succeed(leaseOne());
            ear.expect("ended " + id);
        }
    }

    @Test
    default void nodesShareTheSecretAndTheTime() {
        assertThat(second().secret()).isEqualTo(storage().secret());
        assertThat(Duration.between(
                                second().clock().instant(), storage().clock().instant())
                        .abs())
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    default void nodesSeeEachOther() {
        Node node = new Node(own("node"), "n", "h", "1", Set.of("api"), now(), new Node.Load(now(), 0, 0, 0));
        storage().nodes().announce(node);

        assertThat(second().nodes().list(now())).contains(node);
        second().nodes().remove(node.id());
        assertThat(storage().nodes().list(now())).doesNotContain(node);
    }

    private void assertRefused(Batch batch) {
        assertThatThrownBy(() -> submit(batch))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.QUEUE_NOT_FOUND));
    }

    private List<Lease> leasesOnSecond() {
        return second().tasks().lease(new LeaseRequest(queue(), 10, LEASE, "worker-2", Lanes.ALL_TYPES), now());
    }

    private Lease leaseOnSecond() {
        List<Lease> leases = leasesOnSecond();
        assertThat(leases).hasSize(1);
        return leases.getFirst();
    }
}
