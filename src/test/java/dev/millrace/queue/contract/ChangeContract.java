package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Changed.Result;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Settled;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people and programs may do to a task from outside its lease, in each state. */
public interface ChangeContract extends States {
    Set<TaskState> LIVE = EnumSet.of(TaskState.SCHEDULED, TaskState.READY, TaskState.RUNNING);
    Payload EDITED = Payload.of("{\"edited\":true}");

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "BLOCKED")
    default void onlyLiveTasksCanBeCancelled(TaskState state) {
        TaskId id = taskIn(state);

        checkWalk(new Change.Cancel(id, null), state, LIVE.contains(state), TaskState.CANCELLED, Cause.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "BLOCKED")
    default void onlyEndedTasksCanBeRetried(TaskState state) {
        TaskId id = taskIn(state);

        checkWalk(new Change.Retry(id, null, null), state, state.terminal(), TaskState.READY, Cause.MANUAL_RETRY);
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "BLOCKED")
    default void onlyScheduledTasksCanBeRunNow(TaskState state) {
        TaskId id = taskIn(state);

        checkWalk(new Change.RunNow(id, null), state, state == TaskState.SCHEDULED, TaskState.READY, Cause.RUN_NOW);
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "BLOCKED")
    default void onlyEndedTasksCanBeDeleted(TaskState state) {
        TaskId id = taskIn(state);
        Task before = find(id);

        Changed changed = change(new Change.Delete(id, null));

        if (state.terminal()) {
            assertThat(changed).isEqualTo(new Changed(Result.DONE, null));
            assertThat(exists(id)).isFalse();
            assertThat(count(state)).isZero();
            assertThat(change(new Change.Delete(id, null))).isEqualTo(new Changed(Result.NOT_FOUND, null));
        } else {
            assertThat(changed).isEqualTo(new Changed(Result.ILLEGAL, state));
            assertThat(find(id)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"BLOCKED", "RUNNING"})
    default void noVerdictMovesATaskThatDoesNotRun(TaskState state) {
        TaskId id = taskIn(state);
        Task before = find(id);

        for (Verdict verdict : Verdicts.all(now())) {
            for (int generation = 0; generation < 3; generation++) {
                Settled settled = settle(new LeaseToken(id, generation), verdict);
                assertThat(settled.state()).isEqualTo(state);
                assertThat(settled.id()).isEqualTo(id);
            }
        }
        assertThat(find(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "BLOCKED")
    default void changeForAnotherRevisionIsStale(TaskState state) {
        TaskId id = taskIn(state);
        Task before = find(id);
        long revision = before.status().revision();

        for (long other : new long[] {revision - 1, revision + 1, 0, -1, Long.MAX_VALUE}) {
            assertThat(change(new Change.Cancel(id, other))).isEqualTo(new Changed(Result.STALE, state));
            assertThat(change(new Change.Retry(id, other, null))).isEqualTo(new Changed(Result.STALE, state));
            assertThat(change(new Change.RunNow(id, other))).isEqualTo(new Changed(Result.STALE, state));
            assertThat(change(new Change.Delete(id, other))).isEqualTo(new Changed(Result.STALE, state));
        }
        assertThat(find(id)).isEqualTo(before);
    }

    @Test
    default void changeForTheTasksRevisionIsDone() {
        TaskId id = accepted(aTask());
        change(new Change.Cancel(id, find(id).status().revision()));
        assertThat(stateOf(id)).isEqualTo(TaskState.CANCELLED);
        change(new Change.Retry(id, find(id).status().revision(), null));
        assertThat(stateOf(id)).isEqualTo(TaskState.READY);
    }

    @Test
    default void everyChangeCountsTheRevisionUp() {
        TaskId id = accepted(aTask().dueAt(now().plusSeconds(60)));
        long revision = find(id).status().revision();
        List<Runnable> steps = List.of(
                () -> change(new Change.RunNow(id, null)),
                this::leaseOne,
                () -> change(new Change.Cancel(id, null)),
                () -> change(new Change.Retry(id, null, null)),
                () -> loseLease(leaseOne()),
                () -> retryAt(leaseOne(), now()),
                () -> release(leaseOne()),
                () -> succeed(leaseOne()),
                () -> change(new Change.Retry(id, null, EDITED)));
        for (Runnable step : steps) {
            step.run();
            assertThat(find(id).status().revision()).isGreaterThan(revision);
            revision = find(id).status().revision();
        }
        assertThat(revision).isEqualTo(15);
    }

    @Test
    default void runningTaskThatIsCancelledIsFenced() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        change(new Change.Cancel(id, null));
        Task before = find(id);
        assertThat(before.details().history().getLast().worker()).isEqualTo("worker-1");

        for (Verdict verdict : Verdicts.all(now())) {
            assertThat(settle(lease.token(), verdict))
                    .isEqualTo(new Settled(Settled.Result.LOST, id, TaskState.CANCELLED, 1));
        }
        assertThat(find(id)).isEqualTo(before);
        clock().tick(LEASE.plusSeconds(1));
        assertThat(tidy()).isZero();
        assertThat(lease(10)).isEmpty();
        assertThat(stateOf(id)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    default void cancelledTaskIsNotLeased() {
        TaskId first = accepted(aTask());
        TaskId second = accepted(aTask());
        TaskId third = accepted(aTask());
        change(new Change.Cancel(second, null));

        assertThat(leasedIds(10)).containsExactly(first, third);
    }

    @Test
    default void retryStartsTheCountsAnewButNotTheGeneration() {
        TaskId id = accepted(aTask());
        retryAt(leaseOne(), now());
        loseLease(leaseOne());
        Lease last = leaseOne();
        bury(last);
        clock().tickSeconds(5);

        assertThat(change(new Change.Retry(id, null, null))).isEqualTo(new Changed(Result.DONE, TaskState.READY));

        Task task = find(id);
        assertThat(task.status().attempts()).isZero();
        assertThat(task.status().crashes()).isZero();
        assertThat(task.status().generation()).isEqualTo(3);
        assertThat(task.status().times().readyAt()).isEqualTo(now());
        assertThat(task.status().times().finishedAt()).isNull();
        for (Verdict verdict : Verdicts.all(now())) {
            assertThat(settle(last.token(), verdict).result()).isEqualTo(Settled.Result.LOST);
        }
        assertThat(leaseOne().token().generation()).isEqualTo(4);
        assertThat(find(id).status().attempts()).isEqualTo(1);
    }

    @Test
    default void completionBeforeARetryByHandIsNotRepeatable() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        settle(lease.token(), new Verdict.Succeed(Payload.of("1")));
        change(new Change.Retry(id, null, null));

        assertThat(succeed(lease)).isEqualTo(new Settled(Settled.Result.LOST, id, TaskState.READY, 1));
        settle(leaseOne().token(), new Verdict.Succeed(null));
        assertThat(find(id).details().result()).isNull();
    }

    @Test
    default void retryMayEditThePayload() {
        TaskId id = accepted(aTask().withPayload("{\"to\":1}").tagged("kept"));
        bury(leaseOne());
        change(new Change.Retry(id, null, EDITED));

        assertThat(find(id).spec().payload()).isEqualTo(EDITED);
        assertThat(find(id).spec().marks().tags()).containsExactly("kept");
        Lease lease = leaseOne();
        assertThat(lease.task().spec().payload()).isEqualTo(EDITED);
        bury(lease);
        change(new Change.Retry(id, null, null));
        assertThat(leaseOne().task().spec().payload()).isEqualTo(EDITED);
    }

    @Test
    default void payloadMayBeEditedMoreThanOnce() {
        TaskId id = accepted(aTask().withPayload("[1,2,3]"));
        for (String payload : List.of("{\"much\":\"longer than the one before\"}", "0", "[1,2,3]")) {
            succeed(leaseOne());
            change(new Change.Retry(id, null, Payload.of(payload)));
            assertThat(snapshot().waitingBytes()).isEqualTo(payload.length() + 64);
            assertThat(snapshot().keptBytes()).isZero();
            assertThat(find(id).spec().payload()).isEqualTo(Payload.of(payload));
        }
    }

    @Test
    default void changesAreAnsweredInOrderByNameOrServersIdOverQueues() {
        String other = scene().newQueue();
        Batch named = batchFor(other, aTask().named(own("by-name")));
        submit(named);
        TaskId running = taskIn(TaskState.RUNNING);
        TaskId scheduled = accepted(aTask().dueAt(now().plusSeconds(60)));

        List<Changed> changed = tasks().change(
                        List.of(
                                new Change.Cancel(named.id().at(0), null),
                                new Change.Cancel(new TaskId("nobody"), null),
                                new Change.Delete(running, null),
                                new Change.RunNow(scheduled, null),
                                new Change.Delete(named.tasks().getFirst().name(), null)),
                        now());

        assertThat(changed.subList(0, 4))
                .containsExactly(
                        new Changed(Result.DONE, TaskState.CANCELLED),
                        new Changed(Result.NOT_FOUND, null),
                        new Changed(Result.ILLEGAL, TaskState.RUNNING),
                        new Changed(Result.DONE, TaskState.READY));
        assertThat(changed.get(4).result()).isEqualTo(Result.DONE);
        assertThat(exists(named.id().at(0))).isFalse();
    }

    @Test
    default void manyAreChangedInOneCall() {
        submitMany(700, aTask());
        List<TaskId> ids = tasks().list(TaskFilter.ofQueue(queue(), null), null, 500, now()).tasks().stream()
                .map(Task::id)
                .toList();
        List<Change> changes = new ArrayList<>();
        lease(500).forEach(lease -> changes.add(new Change.Cancel(lease.task().id(), null)));
        ids.forEach(id -> changes.add(new Change.Cancel(id, null)));

        assertThat(tasks().change(changes, now()).stream().filter(c -> c.result() == Result.DONE))
                .hasSize(700);
        assertThat(count(TaskState.CANCELLED)).isEqualTo(700);
        assertThat(tasks().change(List.of(), now())).isEmpty();
    }

    private Changed change(Change change) {
        List<Changed> answers = tasks().change(List.of(change), now());
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private void checkWalk(Change change, TaskState from, boolean allowed, TaskState to, Cause cause) {
        Task before = find(change.id());
        Changed changed = change(change);
        Task after = find(change.id());

        assertThat(changed).isEqualTo(new Changed(allowed ? Result.DONE : Result.ILLEGAL, allowed ? to : from));
        if (allowed) {
            assertThat(after.state()).isEqualTo(to);
            assertThat(after.details().history().getLast().cause()).isEqualTo(cause);
            assertThat(after.details().history().getLast().at()).isEqualTo(now());
            assertThat(after.status().revision()).isEqualTo(before.status().revision() + 1);
            assertThat(from.canBecome(to)).isTrue();
        } else {
            assertThat(after).isEqualTo(before);
        }
    }
}
