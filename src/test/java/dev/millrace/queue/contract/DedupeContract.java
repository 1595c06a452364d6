package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Submitted.Created;
import dev.millrace.queue.Submitted.KeyReused;
import dev.millrace.queue.Submitted.NameTaken;
import dev.millrace.queue.Submitted.QueueFull;
import dev.millrace.queue.Submitted.Repeated;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a submission that came before is recognised. */
public interface DedupeContract extends StoreFixture {
    @Test
    default void repeatedBatchAddsNothing() {
        Batch batch = batch(
                aTask(), aTask().named(own("named")), aTask().withKey("key"), aTask().dueAt(now().plusSeconds(9)));
        List<TaskId> first = ids(submit(batch));
        clock().tickSeconds(3);

        assertThat(ids(submit(batch))).isEqualTo(first);

        assertThat(count(TaskState.READY)).isEqualTo(3);
        assertThat(count(TaskState.SCHEDULED)).isEqualTo(1);
        assertThat(leasedIds(10)).isEqualTo(first.subList(0, 3));
    }

    @Test
    default void repeatedBatchAddsNothingWhateverBecameOfItsTasks() {
        TaskBuilder[] some = new TaskBuilder[6];
        Arrays.fill(some, aTask());
        Batch batch = batch(some);
        List<TaskId> first = ids(submit(batch));
        lease(1).forEach(this::succeed);
        lease(1).forEach(this::bury);
        lease(1).forEach(lease -> retryAt(lease, now().plusSeconds(60)));
        lease(1);
        tasks().change(List.of(new Change.Cancel(first.get(4), null)), now());
        List<Task> before = first.stream().map(this::find).toList();

        assertThat(ids(submit(batch))).isEqualTo(first);

        assertThat(first.stream().map(this::find).toList()).isEqualTo(before);
        assertThat(leasedIds(10)).containsExactly(first.get(5));
    }

    @Test
    default void repeatedBatchDoesNotBringADeletedTaskBack() {
        Batch batch = batch(aTask(), aTask());
        submit(batch);
        succeed(leaseOne());
        tasks().change(List.of(new Change.Delete(batch.id().at(0), null)), now());

        submit(batch);

        assertThat(exists(batch.id().at(0))).isFalse();
        assertThat(leasedIds(10)).containsExactly(batch.id().at(1));
    }

    @Test
    default void refusedTaskIsNotTakenForOneThatCameThoughTheRestOfItsBatchIsGone() {
        storage().queues().open(queue(), now());
        storage().queues().configure(queue(), new QueueConfig(1L, TaskOptions.NONE, QueueConfig.Retention.DEFAULT));
        Batch batch = batch(aTask(), aTask());
        assertThat(submit(batch).get(1)).isInstanceOf(QueueFull.class);
        succeed(leaseOne());
        tasks().change(List.of(new Change.Delete(batch.id().at(0), null)), now());

        TaskId refused = batch.id().at(1);
        assertThat(submit(batch).get(1) instanceof QueueFull || exists(refused))
                .as("refused again, or there")
                .isTrue();
        assertThat(exists(batch.id().at(0))).isFalse();
        submit(aTask().named(refused.value()));
        assertThat(exists(refused)).isTrue();
    }

    @Test
    default void idThatTheServerMadeIsRecognisedThoughItsTaskIsGoneAlready() {
        Batch batch = batch(aTask(), aTask());
        submit(batch);
        lease(2).forEach(this::succeed);
        TaskId first = batch.id().at(0);
        tasks().change(List.of(new Change.Delete(first, null)), now());
        assertThat(submit(aTask().named(first.value()))).isEqualTo(new Repeated(first));

        TaskId second = batch.id().at(1);
        tasks().change(List.of(new Change.Delete(second, null)), now());
        clock().tickSeconds(50);
        assertThat(submit(aTask().named(second.value()))).isEqualTo(new Repeated(second));

        assertThat(lease(10)).isEmpty();
        assertThat(exists(first)).isFalse();
    }

    @Test
    default void batchTwiceInOneCallCountsOnce() {
        Batch batch = batch(aTask(), aTask().named(own("twice")));

        List<List<Submitted>> answers = tasks().submit(List.of(batch, batch), now());

        assertThat(ids(answers.get(1))).isEqualTo(ids(answers.get(0)));
        assertThat(count(TaskState.READY)).isEqualTo(2);
    }

    @Test
    default void nameThatCameBeforeWithTheSameContentIsARepeat() {
        TaskId id = accepted(aTask().named(own("order-1")));

        assertThat(submit(aTask().named(own("order-1")))).isEqualTo(new Repeated(id));
        assertThat(count(TaskState.READY)).isEqualTo(1);
    }

    @Test
    default void nameThatCameBeforeWithOtherContentIsTaken() {
        TaskId id = accepted(aTask().named(own("order-1")).withFingerprint(1));

        assertThat(submit(aTask().named(own("order-1")).withFingerprint(2))).isEqualTo(new NameTaken(id));
        assertThat(count(TaskState.READY)).isEqualTo(1);
    }

    @Test
    default void nameIsTheSameInEveryQueue() {
        TaskId id = accepted(aTask().named(own("order-1")).withFingerprint(1));
        String other = scene().newQueue();

        assertThat(submit(batchFor(other, aTask().named(own("order-1")).withFingerprint(1))))
                .containsExactly(new Repeated(id));
        assertThat(submit(batchFor(other, aTask().named(own("order-1")).withFingerprint(2))))
                .containsExactly(new NameTaken(id));
        assertThat(storage().queues().find(other, now()).orElseThrow().counts().values())
                .allMatch(n -> n == 0);
        assertThat(find(id).queue()).isEqualTo(queue());
    }

    @Test
    default void nameTwiceInOneBatchCountsOnce() {
        List<Submitted> answers = submit(batch(
                aTask().named(own("twice")).withFingerprint(1),
                aTask(),
                aTask().named(own("twice")).withFingerprint(1),
                aTask().named(own("twice")).withFingerprint(2)));

        TaskId id = new TaskId(own("twice"));
        assertThat(answers.get(0)).isEqualTo(new Created(id));
        assertThat(answers.get(2)).isEqualTo(new Repeated(id));
        assertThat(answers.get(3)).isEqualTo(new NameTaken(id));
        assertThat(count(TaskState.READY)).isEqualTo(2);
    }

    @Test
    default void nameTwiceInOneCallCountsOnce() {
        List<List<Submitted>> answers = tasks().submit(
                        List.of(batch(aTask().named(own("again"))), batch(aTask(), aTask().named(own("again")))),
                        now());

        assertThat(answers.get(0)).containsExactly(new Created(new TaskId(own("again"))));
        assertThat(answers.get(1).get(1)).isEqualTo(new Repeated(new TaskId(own("again"))));
        assertThat(count(TaskState.READY)).isEqualTo(2);
    }

    @Test
    default void keyThatCameBeforeIsRecognised() {
        TaskId id = accepted(aTask().withKey("key-1").withFingerprint(1));

        assertThat(submit(aTask().withKey("key-1").withFingerprint(1))).isEqualTo(new Repeated(id));
        assertThat(submit(aTask().withKey("key-1").withFingerprint(2))).isEqualTo(new KeyReused(id));
        assertThat(count(TaskState.READY)).isEqualTo(1);
    }

    @Test
    default void keyOfANamedTaskLeadsToItsName() {
        TaskId id = accepted(aTask().named(own("order-1")).withKey("key-1").withFingerprint(1));

        assertThat(submit(aTask().withKey("key-1").withFingerprint(1))).isEqualTo(new Repeated(id));
        assertThat(submit(aTask().withKey("key-1").withFingerprint(2))).isEqualTo(new KeyReused(id));
    }

    @Test
    default void keyIsItsQueuesOwn() {
        accepted(aTask().withKey("key-1"));
        String other = scene().newQueue();

        acceptedIn(other, aTask().withKey("key-1"));
    }

    @Test
    default void keyTwiceInOneBatchCountsOnce() {
        Batch batch = batch(
                aTask().withKey("k").withFingerprint(1),
                aTask().withKey("k").withFingerprint(1),
                aTask().withKey("k").withFingerprint(2));

        TaskId id = batch.id().at(0);
        assertThat(submit(batch)).containsExactly(new Created(id), new Repeated(id), new KeyReused(id));
        assertThat(count(TaskState.READY)).isEqualTo(1);
    }

    private static List<TaskId> ids(List<Submitted> answers) {
        List<TaskId> ids = new ArrayList<>();
        for (Submitted answer : answers) {
            ids.add(
                    switch (answer) {
                        case Created created -> created.id();
                        case Repeated repeated -> repeated.id();
                        default -> throw new AssertionError(answer + " is no acceptance");
                    });
        }
        return ids;
    }
}
