package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.queue.Change;
import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Verdict;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a queue's tasks: their order and their ends. */
public interface ListContract extends States {
    @Test
    default void listOfAllIsNewestFirst() {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.addFirst(accepted(i % 2 == 0 ? aTask() : aTask().dueAt(now().plusSeconds(60))));
            clock().tickSeconds(1);
        }
        succeed(leaseOne());

        assertThat(listed(null, 3)).isEqualTo(ids);
        assertThat(listed(null, 500)).isEqualTo(ids);
    }

    @Test
    default void scheduledTasksAreListedNextDueFirst() {
        TaskId third = accepted(aTask().dueAt(now().plusSeconds(30)));
        TaskId first = accepted(aTask().dueAt(now().plusSeconds(10)));
        TaskId second = accepted(aTask());
        retryAt(leaseOne(), now().plusSeconds(20));

        assertThat(listed(TaskState.SCHEDULED, 2)).containsExactly(first, second, third);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"READY", "RUNNING", "SUCCEEDED", "DEAD", "CANCELLED"})
    default void tasksInAStateAreListedByTheirEntryNewestFirst(TaskState state) {
        List<TaskId> entered = new ArrayList<>();
        List<TaskId> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(accepted(aTask("type-" + i)));
        }
        for (int i : new int[] {3, 0, 4, 1, 2}) {
            clock().tickSeconds(1);
            enter(state, created.get(i), "type-" + i);
            entered.addFirst(created.get(i));
        }

        assertThat(listed(state, 2)).isEqualTo(entered);
        assertThat(listed(state, 100)).isEqualTo(entered);
    }

    @Test
    default void expiredTasksAreListedByTheirEnd() {
        TaskId first = accepted(aTask().expiringAt(now().plusSeconds(5)));
        TaskId second = accepted(aTask().expiringAt(now().plusSeconds(2)));
        for (int i = 0; i < 6; i++) {
            clock().tickSeconds(1);
            tidy();
        }

        assertThat(listed(TaskState.EXPIRED, 1)).containsExactly(first, second);
    }

    @Test
    default void taskIsListedWhereItNowIsAndNowhereElse() {
        TaskId id = accepted(aTask());
        for (int round = 0; round < 3; round++) {
            retryAt(leaseOne(), now().plusSeconds(1));
            clock().tickSeconds(1);
            tidy();
            bury(leaseOne());
            tasks().change(List.of(new Change.Retry(id, null, null)), now());
            succeed(leaseOne());
            tasks().change(List.of(new Change.Retry(id, null, null)), now());
        }

        for (TaskState state : TaskState.values()) {
            assertThat(listed(state, 10)).hasSize(state == TaskState.READY ? 1 : 0);
        }
        assertThat(listed(null, 10)).containsExactly(id);
    }

    @Test
    default void taskThatEntersItsStateTwiceInOneCallIsListedOnce() {
        List<TaskId> ids = List.of(accepted(aTask()), accepted(aTask()));
        List<Change> thereAndBack = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            ids.forEach(id -> thereAndBack.add(new Change.Cancel(id, null)));
            ids.forEach(id -> thereAndBack.add(new Change.Retry(id, null, null)));
        }

        tasks().change(thereAndBack, now());
        assertThat(listed(TaskState.READY, 1)).containsExactlyInAnyOrderElementsOf(ids);
        tasks().change(thereAndBack.subList(0, thereAndBack.size() - 2), now());
        assertThat(listed(TaskState.CANCELLED, 1)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(listed(TaskState.CANCELLED, 3)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    default void tasksOfTheSameMomentAreEachListedOnce() {
        submitMany(230, aTask());
        submitMany(30, aTask().dueAt(now().plusSeconds(60)));
        lease(60).forEach(this::succeed);
        lease(40).forEach(this::bury);

        assertThat(listed(null, 7)).hasSize(260).doesNotHaveDuplicates();
        assertThat(listed(TaskState.READY, 7)).hasSize(130).doesNotHaveDuplicates();
        assertThat(listed(TaskState.SCHEDULED, 7)).hasSize(30).doesNotHaveDuplicates();
        assertThat(listed(TaskState.SUCCEEDED, 7)).hasSize(60).doesNotHaveDuplicates();
        assertThat(listed(TaskState.DEAD, 7)).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    default void pagesStayInPlaceWhileTasksAreAdded() {
        List<TaskId> before = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            before.addFirst(accepted(aTask("type-" + i)));
            clock().tickMillis(i % 2);
        }
        List<TaskId> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page page = page(TaskFilter.ofQueue(queue(), null), cursor, 3);
            assertThat(page.tasks()).hasSizeLessThanOrEqualTo(3);
            page.tasks().forEach(task -> seen.add(task.id()));
            cursor = page.next();
            clock().tickMillis(1);
            accepted(aTask());
        } while (cursor != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    default void pagesOfAStateStayInPlaceWhileTasksEndAndGo() {
        List<TaskId> ended = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            clock().tickSeconds(1);
            ended.addFirst(taskIn(TaskState.SUCCEEDED));
        }
        TaskFilter filter = TaskFilter.ofQueue(queue(), TaskState.SUCCEEDED);
        Page first = page(filter, null, 4);
        assertThat(ids(first)).isEqualTo(ended.subList(0, 4));
        clock().tickSeconds(1);
        taskIn(TaskState.SUCCEEDED);
        tasks().change(List.of(new Change.Delete(ended.get(3), null), new Change.Delete(ended.get(5), null)), now());

        Page second = page(filter, first.next(), 4);

        assertThat(ids(second)).containsExactly(ended.get(4), ended.get(6), ended.get(7), ended.get(8));
        assertThat(ids(page(filter, second.next(), 4))).isEqualTo(ended.subList(9, 12));
    }

    @Test
    default void listedTaskHasAllButHistoryAndLog() {
        TaskId id = accepted(aTask().withPayload("[42]").tagged("a"));
        settle(leaseOne().token(), new Verdict.Succeed(Payload.of("\"r\"")));

        Task listed = page(TaskFilter.ofQueue(queue(), null), null, 10).tasks().getFirst();

        Task found = find(id);
        assertThat(listed.spec()).isEqualTo(found.spec());
        assertThat(listed.status()).isEqualTo(found.status());
        assertThat(listed.queue()).isEqualTo(queue());
        assertThat(listed.details().result()).isEqualTo(Payload.of("\"r\""));
        assertThat(listed.details().history()).isEmpty();
    }

    @Test
    default void lastPageHasNoNext() {
        submitMany(6, aTask());

        Page whole = page(TaskFilter.ofQueue(queue(), null), null, 500);
        assertThat(whole.tasks()).hasSize(6);
        assertThat(whole.next()).isNull();
        Page empty = page(TaskFilter.ofQueue(queue(), TaskState.DEAD), null, 500);
        assertThat(empty).isEqualTo(new Page(List.of(), null, null));
    }

    @Test
    default void queueThatDoesNotExistHasNothing() {
        assertThat(page(TaskFilter.ofQueue(scene().newQueue(), null), null, 10))
                .isEqualTo(new Page(List.of(), null, null));
    }

    @Test
    default void pageSaysHowFarItLooked() {
        Instant oldest = now();
        taskIn(TaskState.SUCCEEDED);
        Instant middle = clock().tickSeconds(10);
        taskIn(TaskState.SUCCEEDED);
        clock().tickSeconds(10);
        taskIn(TaskState.SUCCEEDED);

        assertThat(page(TaskFilter.ofQueue(queue(), null), null, 2).scannedTo()).isEqualTo(middle);
        assertThat(page(TaskFilter.ofQueue(queue(), null), null, 9).scannedTo()).isEqualTo(oldest);
        assertThat(page(TaskFilter.ofQueue(queue(), TaskState.SUCCEEDED), null, 2)
                        .scannedTo())
                .isEqualTo(middle);
        Instant due = now().plusSeconds(99);
        accepted(aTask().dueAt(due));
        assertThat(page(TaskFilter.ofQueue(queue(), TaskState.SCHEDULED), null, 5)
                        .scannedTo())
                .isEqualTo(due);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"garbage", "-", "AAAA", "____", "0", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA", "zzzzzzzzzzzzzzzzzzzzzzzzz"})
    default void cursorOfSomeoneElseIsRefused(String cursor) {
        accepted(aTask());

        for (TaskState state : new TaskState[] {null, TaskState.READY, TaskState.SUCCEEDED}) {
            assertThatExceptionOfType(MillraceException.class)
                    .isThrownBy(() -> page(TaskFilter.ofQueue(queue(), state), cursor, 10))
                    .matches(e -> e.code() == ErrorCode.INVALID_REQUEST);
        }
    }

    @Test
    default void cursorsAreSafeInAnAddress() {
        submitMany(30, aTask());
        lease(15).forEach(this::succeed);
        for (TaskState state : new TaskState[] {null, TaskState.READY, TaskState.SUCCEEDED}) {
            assertThat(page(TaskFilter.ofQueue(queue(), state), null, 4).next()).matches("[A-Za-z0-9_-]+");
        }
    }

    private List<TaskId> listed(TaskState state, int limit) {
        List<TaskId> all = new ArrayList<>();
        String cursor = null;
        do {
            Page page = page(TaskFilter.ofQueue(queue(), state), cursor, limit);
            assertThat(page.tasks()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(ids(page));
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private static List<TaskId> ids(Page page) {
        return page.tasks().stream().map(Task::id).toList();
    }

    private Page page(TaskFilter filter, String cursor, int limit) {
        return tasks().list(filter, cursor, limit, now());
    }
}
