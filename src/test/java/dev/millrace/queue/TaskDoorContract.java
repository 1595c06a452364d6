package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the doors for tasks and queues promise, on a real store. */
interface TaskDoorContract extends Doors {
    @Test
    default void awaitingIsToldOfTheEnd() throws Exception {
        Submission submitted = submissions()
                .submitAll(queue(), List.of(Doors.draft("t", TaskOptions.NONE, true)))
                .getFirst();
        CompletableFuture<Optional<Task>> end = doorOfTasks()
                .awaitEnd(submitted, submitted.accepted().id(), PATIENCE)
                .toCompletableFuture();
        assertThat(end).isNotDone();
        succeed(leaseOne());
        assertThat(Doors.get(end).orElseThrow().state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void awaitingEndsWithTheTaskAsItStandsWhenTimeIsUp() throws Exception {
        TaskId id = accepted(TaskBuilder.aTask());
        Optional<Task> task = Doors.get(doorOfTasks().awaitEnd(id, Duration.ofMillis(20)));
        assertThat(task.orElseThrow().state()).isEqualTo(TaskState.READY);
    }

    @Test
    default void aChangeThatIsNotAllowedSaysWhichStateForbidsIt() {
        TaskId id = accepted(TaskBuilder.aTask());
        assertThatThrownBy(() -> doorOfTasks().change(new Change.Retry(id, null, null)))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_TRANSITION);
                    assertThat(e.members()).containsEntry("state", "ready");
                });
        assertThatThrownBy(() -> doorOfTasks().change(new Change.Cancel(new TaskId("nobody"), null)))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_NOT_FOUND));
        assertThatThrownBy(() -> doorOfTasks().change(new Change.Cancel(id, 77L)))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED));
    }

    @Test
    default void actionsDoWhatTheirDryRunCounted() {
        submitMany(1200, TaskBuilder.aTask("a"));
        submitMany(30, TaskBuilder.aTask("b"));
        TaskFilter filter = new TaskFilter(queue(), null, "a", null, Map.of(), null, null);
        assertThat(whole(Action.CANCEL, filter, true)).isEqualTo(1200);
        assertThat(count(TaskState.CANCELLED)).isZero();
        assertThat(whole(Action.CANCEL, filter, false)).isEqualTo(1200);
        assertThat(count(TaskState.CANCELLED)).isEqualTo(1200);
        assertThat(count(TaskState.READY)).isEqualTo(30);
        assertThat(whole(Action.CANCEL, filter, false)).isZero();
    }

    @Test
    default void aRetryThatMakesAPayloadTooLargeLeavesTheTaskAsItIs() {
        String longest = "{\"to\":\"" + "x".repeat(1024 - 9) + "\"}";
        TaskId full = accepted(TaskBuilder.aTask().withPayload(longest));
        TaskId small = accepted(TaskBuilder.aTask().withPayload("{\"to\":\"y\"}"));
        lease(2).forEach(this::bury);
        TaskFilter dead = TaskFilter.ofQueue(queue(), TaskState.DEAD);

        MergePatch more = MergePatch.of(Payload.of("{\"n\":1}"));
        assertThat(doorOfTasks().retry(dead, more, null)).isEqualTo(new ActionReport(2, 1, null));
        assertThat(stateOf(small)).isEqualTo(TaskState.READY);
        assertThat(stateOf(full)).isEqualTo(TaskState.DEAD);

        MergePatch same = MergePatch.of(Payload.of("{}"));
        assertThat(doorOfTasks().retry(dead, same, null)).isEqualTo(new ActionReport(1, 1, null));
        assertThat(find(full).spec().payload()).isEqualTo(Payload.of(longest));
    }

    private long whole(Action action, TaskFilter filter, boolean dryRun) {
        Tasks door = doorOfTasks();
        long matched = 0;
        String next = null;
        do {
            ActionReport report = door.act(action, filter, next, dryRun);
            assertThat(report.done()).isEqualTo(dryRun ? 0 : report.matched());
            matched += report.matched();
            next = report.next();
        } while (next != null);
        return matched;
    }

    @Test
    default void theListOverAllQueuesIsCompleteAndInOrderWhateverThePageSize() {
        List<String> queues = List.of(queue(), scene().newQueue(), scene().newQueue());
        List<TaskId> submitted = new ArrayList<>();
        String tag = "tag-" + queue();
        for (int i = 0; i < 60; i++) {
            if (i % 4 == 0) {
                clock().tick(Duration.ofMillis(1));
            }
            submitted.add(acceptedIn(queues.get(i % 3), TaskBuilder.aTask().tagged(tag)));
        }
        TaskFilter filter = new TaskFilter(null, null, null, tag, Map.of(), null, null);
        for (int limit : new int[] {1, 2, 7, 500}) {
            List<Task> seen = walk(filter, limit);
            assertThat(seen).extracting(Task::id).containsExactlyInAnyOrderElementsOf(submitted);
            assertThat(seen)
                    .isSortedAccordingTo(java.util.Comparator.comparing(
                                    (Task task) -> task.spec().origin().createdAt())
                            .reversed());
        }
    }

    @Test
    default void theListOverAllQueuesIsEmptyWhenTheOnlyOneHasNoSuchTask() {
        accepted(TaskBuilder.aTask());
        TaskPage page = doorOfTasks().list(TaskFilter.ofQueue(null, TaskState.DEAD), List.of(queue()), null, 10);
        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isNull();
    }

    private List<Task> walk(TaskFilter filter, int limit) {
        Tasks door = doorOfTasks();
        List<Task> seen = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            TaskPage page = door.list(filter, cursor, limit);
            seen.addAll(page.items());
            cursor = page.next();
            assertThat(++pages).as("pages").isLessThan(10_000);
        } while (cursor != null);
        return seen;
    }

    @Test
    default void aQueueWithLiveTasksIsOnlyDeletedByForce() {
        Queues door = new Queues(storage().queues(), known(), clock());
        accepted(TaskBuilder.aTask());
        assertThatThrownBy(() -> door.delete(queue(), false))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ILLEGAL_TRANSITION));
        door.delete(queue(), true);
        assertThat(door.find(queue())).isEmpty();
        assertThatThrownBy(() -> door.pause(queue()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_NOT_FOUND));
    }

    @Test
    default void queuesAreListedByNameInPages() {
        Queues door = new Queues(storage().queues(), known(), clock());
        List<String> mine = List.of(queue(), scene().newQueue(), scene().newQueue());
        mine.forEach(name -> storage().queues().open(name, now()));
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            QueuePage page = door.list(cursor, 2);
            page.items().forEach(item -> seen.add(item.name()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(mine);
        assertThatThrownBy(() -> door.list("foreign!", 2)).isInstanceOf(MillraceException.class);
    }
}
