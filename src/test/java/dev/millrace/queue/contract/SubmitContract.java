package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Submitted.Created;
import dev.millrace.queue.Submitted.QueueFull;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.Backoff;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.Details;
import dev.millrace.task.Event;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.task.Unique;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes of a submission. */
public interface SubmitContract extends StoreFixture {
    @Test
    default void submittedTaskIsReadyAtOnce() {
        TaskId id = accepted(aTask());

        Task task = find(id);
        assertThat(task.status()).isEqualTo(Status.submitted(task.spec()));
        assertThat(task.state()).isEqualTo(TaskState.READY);
        assertThat(task.details().history())
                .containsExactly(new Event(now(), TaskState.READY, Cause.SUBMITTED, 0, null, null));
        assertThat(task.details())
                .isEqualTo(new Details(null, null, null, task.details().history(), List.of()));
    }

    @Test
    default void taskThatIsDueLaterIsScheduled() {
        TaskId id = accepted(aTask().dueAt(now().plusMillis(1)));

        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(task.status()).isEqualTo(Status.submitted(task.spec()));
        assertThat(causes(id)).containsExactly(Cause.SUBMITTED);
    }

    @Test
    default void taskThatIsDueAlreadyIsReady() {
        assertThat(stateOf(accepted(aTask().dueAt(now())))).isEqualTo(TaskState.READY);
        assertThat(stateOf(accepted(aTask().dueAt(now().minusSeconds(60))))).isEqualTo(TaskState.READY);
    }

    @Test
    default void taskKeepsAllThatItWasSubmittedWith() {
        Batch batch = batch(everything());

        assertThat(submit(batch)).containsExactly(new Created(new TaskId(own("order-42_Receipt"))));

        Task task = find(new TaskId(own("order-42_Receipt")));
        assertThat(task.spec()).isEqualTo(batch.tasks().getFirst().spec());
        assertThat(task.queue()).isEqualTo(queue());
    }

    private TaskBuilder everything() {
        return aTask("mail/send:1.0")
                .named(own("order-42_Receipt"))
                .withKey("k-42")
                .withPayload("{\"a\": [1, 2.50, null]}")
                .withPriority(9)
                .dueAt(now().plusSeconds(5))
                .expiringAt(now().plusSeconds(3600))
                .withTimeout(Duration.ofHours(12))
                .keptFor(Duration.ofDays(7))
                .retrying(
                        100,
                        new Backoff(
                                Backoff.Kind.LINEAR,
                                Duration.ofMillis(1),
                                1.5,
                                Duration.ofDays(1),
                                Backoff.Jitter.FULL))
                .unique("receipt 42 ✉", Duration.ofHours(1), Unique.Mode.RETURN)
                .tagged("billing", "über")
                .labelled("tenant", "acme")
                .labelled("region", "")
                .from("key-1")
                .traced("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .withFingerprint(Long.MIN_VALUE)
                .awaited();
    }

    @Test
    default void longestTypesAreKept() {
        for (int length = 124; length <= 128; length++) {
            String type = "t".repeat(length);
            TaskId id = accepted(aTask(type));
            TaskId scheduled = accepted(aTask(type).dueAt(now().plusSeconds(1)));

            assertThat(find(id).spec().type()).isEqualTo(type);
            assertThat(leasedIds(1, type)).containsExactly(id);
            clock().tickSeconds(1);
            assertThat(leasedIds(1, type)).containsExactly(scheduled);
        }
    }

    @Test
    default void nameAndServersIdLeadToTheSameTask() {
        Batch batch = batch(aTask().named(own("Ada")));
        submit(batch);
        TaskId name = new TaskId(own("Ada"));
        TaskId made = batch.id().at(0);

        assertThat(tasks().find(List.of(name, made), true)).containsOnlyKeys(name, made);
        assertThat(find(made)).isEqualTo(find(name));
        assertThat(find(made).id()).isEqualTo(name);
    }

    @Test
    default void idOfANamelessTaskIsItsPlaceInTheBatch() {
        Batch batch = batch(aTask(), aTask().named(own("second")), aTask());

        assertThat(submit(batch))
                .containsExactly(
                        new Created(batch.id().at(0)),
                        new Created(new TaskId(own("second"))),
                        new Created(batch.id().at(2)));
    }

    @Test
    default void namesThatDifferInCaseAloneAreTwoNames() {
        accepted(aTask("a").named(own("Task")));
        accepted(aTask("b").named(own("task")));

        assertThat(find(new TaskId(own("Task"))).spec().type()).isEqualTo("a");
        assertThat(find(new TaskId(own("task"))).spec().type()).isEqualTo("b");
    }

    @Test
    default void nameInTheFormOfAServersIdIsAName() {
        TaskId name = batch(aTask()).id().at(55);

        assertThat(accepted(aTask().named(name.value()))).isEqualTo(name);
        assertThat(find(name).id()).isEqualTo(name);
    }

    @Test
    default void unknownIdsAreNotFound() {
        Batch batch = batch(aTask());
        submit(batch);
        List<TaskId> unknown = List.of(
                new TaskId("nobody"),
                batch.id().at(1),
                batch(aTask()).id().at(0),
                new TaskId("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"));

        assertThat(tasks().find(unknown, true)).isEmpty();
        assertThat(tasks().find(List.of(), true)).isEmpty();
    }

    @Test
    default void answersComeInTheOrderOfBatchesAndTasks() {
        List<Batch> batches = new ArrayList<>();
        for (int b = 0; b < 12; b++) {
            TaskBuilder[] tasks = new TaskBuilder[b == 0 ? BatchId.LIMIT : b];
            Arrays.setAll(tasks, i -> aTask().withPayload("" + i));
            batches.add(batch(tasks));
        }

        List<List<Submitted>> answers = tasks().submit(batches, now());

        assertThat(answers).hasSameSizeAs(batches);
        for (int b = 0; b < batches.size(); b++) {
            Batch batch = batches.get(b);
            assertThat(answers.get(b))
                    .isEqualTo(IntStream.range(0, batch.tasks().size())
                            .mapToObj(i -> new Created(batch.id().at(i)))
                            .toList());
        }
        assertThat(count(TaskState.READY)).isEqualTo(BatchId.LIMIT + 66);
    }

    @Test
    default void tasksOverTheQueuesDepthAreRefused() {
        limitDepth(3);
        accepted(aTask());
        accepted(aTask().dueAt(now().plusSeconds(60)));

        List<Submitted> answers = submit(batch(aTask(), aTask(), aTask()));

        assertThat(answers.getFirst()).isInstanceOf(Created.class);
        assertThat(answers.subList(1, 3)).hasOnlyElementsOfType(QueueFull.class);
        assertThat(count(TaskState.READY)).isEqualTo(2);
        assertThat(submit(aTask())).isInstanceOf(QueueFull.class);
    }

    @Test
    default void tasksOverTheQueuesBytesAreRefused() {
        accepted(aTask().withPayload(text(1000)));
        long one = snapshot().waitingBytes();
        storage()
                .queues()
                .configure(
                        queue(), new QueueConfig(null, 3 * one, null, TaskOptions.NONE, QueueConfig.Retention.DEFAULT));

        List<Submitted> answers =
                submit(batch(aTask().withPayload(text(1000)), aTask().withPayload(text(1500)), aTask()));

        assertThat(answers.get(0)).isInstanceOf(Created.class);
        assertThat(answers.get(1))
                .isInstanceOfSatisfying(
                        QueueFull.class, full -> assertThat(full.reason()).contains("maxBytes"));
        assertThat(answers.get(2)).as("a smaller one").isInstanceOf(Created.class);
        assertThat(submit(aTask().withPayload(text(1000)))).isInstanceOf(QueueFull.class);
        succeed(leaseOne());
        assertThat(submit(aTask().withPayload(text(1000)))).isInstanceOf(Created.class);
    }

    private static String text(int length) {
        return '"' + "x".repeat(length) + '"';
    }

    @Test
    default void refusedTaskDoesNotExistAndLeavesItsNameFree() {
        limitDepth(1);
        Batch batch = batch(aTask(), aTask().named(own("refused")).withKey("key"));
        submit(batch);

        assertThat(exists(batch.id().at(1))).isFalse();
        assertThat(exists(new TaskId(own("refused")))).isFalse();
        leaseOne();
        assertThat(accepted(aTask("other").named(own("refused")).withKey("key")))
                .isEqualTo(new TaskId(own("refused")));
    }

    @Test
    default void runningTasksTakeNoDepth() {
        limitDepth(1);
        accepted(aTask());
        assertThat(submit(aTask())).isInstanceOf(QueueFull.class);

        leaseOne();

        assertThat(submit(aTask())).isInstanceOf(Created.class);
    }

    @Test
    default void repeatIsAnsweredByAFullQueueToo() {
        limitDepth(1);
        Batch batch = batch(aTask().named(own("full")).withKey("k").unique("u", Unique.Mode.RETURN));
        submit(batch);
        TaskId id = new TaskId(own("full"));

        assertThat(submit(aTask().named(own("full")))).isEqualTo(new Submitted.Repeated(id));
        assertThat(submit(aTask().withKey("k"))).isEqualTo(new Submitted.Repeated(id));
        assertThat(submit(batch).getFirst()).isInstanceOfAny(Created.class, Submitted.Repeated.class);
        assertThat(count(TaskState.READY)).isEqualTo(1);
    }

    @Test
    default void queueTakesNoMoreLanesThanItMay() {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < TaskStore.LANES; from += BatchId.LIMIT) {
            TaskBuilder[] tasks = new TaskBuilder[BatchId.LIMIT];
            int first = from;
            Arrays.setAll(tasks, i -> aTask("type-" + (first + i)));
            batches.add(batch(tasks));
        }
        assertThat(tasks().submit(batches, now()).stream().flatMap(List::stream))
                .hasOnlyElementsOfType(Created.class);

        assertThat(submit(aTask("one-too-many"))).isInstanceOf(QueueFull.class);
        assertThat(submit(aTask("type-7"))).isInstanceOf(Created.class);
        assertThat(leasedIds(2, "type-7")).hasSize(2);
        assertThat(submit(aTask("now-there-is-room"))).isInstanceOf(Created.class);
    }

    private void limitDepth(long depth) {
        storage().queues().open(queue(), now());
        storage().queues().configure(queue(), new QueueConfig(depth, TaskOptions.NONE, QueueConfig.Retention.DEFAULT));
    }
}
