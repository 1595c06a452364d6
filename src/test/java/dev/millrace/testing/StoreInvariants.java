package dev.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Page;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.Storage;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of every store at every moment, whatever a test has done to it. */
public final class StoreInvariants {
    private static final Set<Cause> MAY_PRECEDE_ANOTHER_RUN = EnumSet.of(
            Cause.FAILED,
            Cause.TIMED_OUT,
            Cause.LEASE_EXPIRED,
            Cause.RELEASED,
            Cause.MANUAL_RETRY,
            Cause.OUTCOME_UNKNOWN,
            Cause.STORE_ROLLBACK);
    /** Histories are read one by one, so of large queues only this many are looked at. */
    private static final int WHOLE = 1000;

    private final Storage storage;
    private final Instant now;

    public StoreInvariants(Storage storage, Instant now) {
        this.storage = storage;
        this.now = now;
    }

    public void check(Collection<String> queues) {
        for (String queue : queues) {
            storage.queues().find(queue, now).ifPresent(this::checkQueue);
        }
    }

    private void checkQueue(QueueSnapshot snapshot) {
        Map<TaskId, TaskState> found = new HashMap<>();
        Map<TaskState, Long> counted = new EnumMap<>(TaskState.class);
        long waiting = 0;
        long kept = 0;
        for (TaskState state : TaskState.values()) {
            List<Task> tasks = all(snapshot.name(), state);
            counted.put(state, (long) tasks.size());
            for (Task task : tasks) {
                assertThat(task.state())
                        .as("state of %s, listed as %s", task.id(), state)
                        .isEqualTo(state);
                assertThat(found.put(task.id(), state))
                        .as("%s is listed twice", task.id())
                        .isNull();
                checkStatus(task);
                waiting += state.terminal() ? 0 : task.spec().size();
                kept += state.terminal() ? task.spec().size() : 0;
            }
        }
        for (TaskState state : TaskState.values()) {
            assertThat(snapshot.count(state)).as("counter of " + state).isEqualTo(counted.get(state));
        }
        assertThat(snapshot.waitingBytes()).as("waiting bytes").isEqualTo(waiting);
        assertThat(snapshot.keptBytes()).as("kept bytes").isEqualTo(kept);
        List<TaskId> byCreation =
                all(snapshot.name(), null).stream().map(Task::id).toList();
        assertThat(byCreation).as("the list of all").containsExactlyInAnyOrderElementsOf(found.keySet());
        checkWhole(byCreation.subList(0, Math.min(WHOLE, byCreation.size())), found);
    }

    private void checkWhole(List<TaskId> ids, Map<TaskId, TaskState> found) {
        for (int from = 0; from < ids.size(); from += 100) {
            List<TaskId> some = ids.subList(from, Math.min(ids.size(), from + 100));
            Map<TaskId, Task> tasks = storage.tasks().find(some, true);
            assertThat(tasks.keySet()).as("listed and found").containsExactlyInAnyOrderElementsOf(some);
            tasks.forEach((id, task) -> {
                assertThat(task.id()).isEqualTo(id);
                assertThat(task.state()).as("state of %s", id).isEqualTo(found.get(id));
                checkHistory(task);
            });
        }
    }

    private static void checkStatus(Task task) {
        Status status = task.status();
        String what = task.id() + " " + status;
        assertThat(status.generation()).as(what).isNotNegative();
        assertThat(status.attempts()).as(what).isBetween(0, status.generation());
        assertThat(status.crashes()).as(what).isBetween(0, Math.min(status.generation(), RetryPolicy.MAX_CRASHES));
        assertThat(status.revision()).as(what).isPositive();
        boolean running = status.state() == TaskState.RUNNING;
        assertThat(status.times().leaseExpiresAt() != null)
                .as("lease of " + what)
                .isEqualTo(running);
        assertThat(status.times().finishedAt() != null)
                .as("end of " + what)
                .isEqualTo(status.state().terminal());
        assertThat(status.times().startedAt() != null).as("start of " + what).isEqualTo(status.generation() > 0);
        assertThat(status.worker() != null).as("worker of " + what).isEqualTo(status.generation() > 0);
        if (running) {
            assertThat(status.attempts()).as(what).isPositive();
        }
        if (status.state() == TaskState.READY) {
            assertThat(status.times().readyAt()).as(what).isNotNull();
        }
        if (status.state() == TaskState.SCHEDULED) {
            assertThat(status.times().runAt()).as(what).isNotNull();
        }
    }

    private static void checkHistory(Task task) {
        List<Event> history = task.details().history();
        String what = "history of " + task.id() + " " + history;
        assertThat(history).as(what).isNotEmpty().hasSizeLessThanOrEqualTo(2 * Event.KEPT_EACH_END);
        assertThat(history.getFirst().cause()).as(what).isEqualTo(Cause.SUBMITTED);
        assertThat(history.getFirst().at())
                .as(what)
                .isEqualTo(task.spec().origin().createdAt());
        assertThat(history.getLast().state()).as(what).isEqualTo(task.state());
        assertThat(history.stream().map(Event::at).toList()).as(what).isSorted();
        boolean whole = history.size() < 2 * Event.KEPT_EACH_END;
        boolean mayRun = true;
        TaskState before = null;
        for (int i = 0; i < history.size(); i++) {
            Event event = history.get(i);
            boolean gap = !whole && i == Event.KEPT_EACH_END;
            if (before != null && !gap) {
                assertThat(before.canBecome(event.state()))
                        .as("%s to %s in %s", before, event.state(), what)
                        .isTrue();
            }
            if (event.cause() == Cause.LEASED) {
                assertThat(mayRun || gap).as("a run without a cause in " + what).isTrue();
                mayRun = false;
            }
            mayRun |= gap || MAY_PRECEDE_ANOTHER_RUN.contains(event.cause());
            before = event.state();
        }
    }

    private List<Task> all(String queue, TaskState state) {
        List<Task> tasks = new ArrayList<>();
        String cursor = null;
        do {
            Page page = storage.tasks().list(TaskFilter.ofQueue(queue, state), cursor, 500, now);
            tasks.addAll(page.tasks());
            cursor = page.next();
        } while (cursor != null);
        return tasks;
    }
}
