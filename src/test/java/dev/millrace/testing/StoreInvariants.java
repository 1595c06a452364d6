package dev.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.Minute;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.Page;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.Storage;
import dev.millrace.task.Cause;
import dev.millrace.task.ErrorShape;
import dev.millrace.task.Event;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** Series are looked at over this time from the start of a test. */
    private static final Duration SERIES = Duration.ofHours(1);

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
        List<Task> tasks = new ArrayList<>();
        for (TaskState state : TaskState.values()) {
            List<Task> listed = all(snapshot.name(), state);
            assertThat(snapshot.count(state)).as("counter of " + state).isEqualTo(listed.size());
            for (Task task : listed) {
                assertThat(task.state())
                        .as("state of %s, listed as %s", task.id(), state)
                        .isEqualTo(state);
                assertThat(found.put(task.id(), state))
                        .as("%s is listed twice", task.id())
                        .isNull();
                checkStatus(task);
            }
            tasks.addAll(listed);
        }
        checkBytes(snapshot, tasks);
        checkTimes(snapshot, tasks);
        checkSeries(snapshot.name(), tasks);
        checkDead(snapshot.name(), tasks);
        List<TaskId> byCreation =
                all(snapshot.name(), null).stream().map(Task::id).toList();
        assertThat(byCreation).as("the list of all").containsExactlyInAnyOrderElementsOf(found.keySet());
        checkWhole(byCreation.subList(0, Math.min(WHOLE, byCreation.size())), found);
    }

    private static void checkBytes(QueueSnapshot snapshot, List<Task> tasks) {
        Map<Boolean, Long> bytes = tasks.stream()
                .collect(Collectors.partitioningBy(
                        task -> task.state().terminal(),
                        Collectors.summingLong(task -> task.spec().size())));
        assertThat(snapshot.waitingBytes()).as("waiting bytes").isEqualTo(bytes.get(false));
        assertThat(snapshot.keptBytes()).as("kept bytes").isEqualTo(bytes.get(true));
        snapshot.endedBytes()
                .forEach((state, ended) -> assertThat(ended)
                        .as("bytes of %s", state)
                        .isEqualTo(tasks.stream()
                                .filter(task -> task.state() == state)
                                .mapToLong(task -> task.spec().size())
                                .sum()));
    }

    private void checkTimes(QueueSnapshot snapshot, List<Task> tasks) {
        List<Instant> due = tasks.stream()
                .filter(task -> task.state() == TaskState.SCHEDULED)
                .map(task -> task.status().times().runAt())
                .sorted()
                .toList();
        assertThat(snapshot.nextDueAt()).as("next due").isEqualTo(due.isEmpty() ? null : due.getFirst());
        assertThat(snapshot.due())
                .as("due")
                .isEqualTo(due.stream().filter(at -> !at.isAfter(now)).count());
        Instant oldest = tasks.stream()
                .filter(task -> task.state() == TaskState.READY)
                .map(task -> task.status().times().readyAt())
                .min(Instant::compareTo)
                .orElse(null);
        assertThat(snapshot.oldestReadyAt()).as("oldest ready").isEqualTo(oldest);
    }

    /** While nothing was removed, every lease and every submission is in the series. */
    private void checkSeries(String queue, List<Task> tasks) {
        if (now.isAfter(FakeClock.START.plus(SERIES))) {
            return;
        }
        List<Minute> minutes = storage.series().minutes(queue, FakeClock.START, now.plusSeconds(60));
        if (minutes.stream().mapToLong(Minute::submitted).sum() == tasks.size()) {
            assertThat(minutes.stream().mapToLong(Minute::started).sum())
                    .as("leases in the series")
                    .isEqualTo(tasks.stream()
                            .mapToLong(task -> task.status().generation())
                            .sum());
        }
    }

    private void checkDead(String queue, List<Task> tasks) {
        Map<String, Long> dead = tasks.stream()
                .filter(task -> task.state() == TaskState.DEAD)
                .collect(Collectors.groupingBy(
                        task -> ErrorShape.fingerprint(
                                task.spec().lane(), task.details().error()),
                        Collectors.counting()));
        Map<String, Long> counted = storage.series().deadGroups(List.of(queue), SeriesStore.ERROR_GROUPS).stream()
                .collect(Collectors.toMap(group -> group.failures().fingerprint(), DeadGroup::dead));
        assertThat(counted).as("dead by how they failed").isEqualTo(dead);
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
