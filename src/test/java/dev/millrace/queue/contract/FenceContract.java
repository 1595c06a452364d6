package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Extension;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a lease's token may still do. */
public interface FenceContract extends StoreFixture {
    @Test
    default void completionEndsTheTask() {
        TaskId id = accepted(aTask().named(own("done")));
        Lease lease = leaseOne();
        clock().tickMillis(7);

        Settled settled = settle(lease.token(), new Verdict.Succeed(Payload.of("{\"ok\":true}")));

        assertThat(settled).isEqualTo(new Settled(Settled.Result.DONE, id, TaskState.SUCCEEDED, 1));
        Task task = find(id);
        assertThat(task.status().times().finishedAt()).isEqualTo(now());
        assertThat(task.details().result()).isEqualTo(Payload.of("{\"ok\":true}"));
        assertThat(task.status().attempts()).isEqualTo(1);
    }

    @Test
    default void completionWithoutAResultLeavesNone() {
        TaskId id = accepted(aTask());
        succeed(leaseOne());

        assertThat(find(id).details().result()).isNull();
    }

    @Test
    default void settlementsOfOneTaskInOneCallCountInTheirOrder() {
        submitMany(2, aTask());
        List<Lease> leases = lease(2);
        LeaseToken one = leases.getFirst().token();
        LeaseToken other = leases.getLast().token();

        List<Settled> settled = tasks().settle(
                        List.of(
                                new Settlement(one, new Verdict.Succeed(null)),
                                new Settlement(other, new Verdict.Release(null, null)),
                                new Settlement(other, new Verdict.Succeed(null))),
                        now());

        assertThat(settled)
                .containsExactly(
                        new Settled(Settled.Result.DONE, one.task(), TaskState.SUCCEEDED, 1),
                        new Settled(Settled.Result.DONE, other.task(), TaskState.READY, 1),
                        new Settled(Settled.Result.LOST, other.task(), TaskState.READY, 1));
    }

    @Test
    default void everyVerdictOfAnOlderGenerationIsLost() {
        accepted(aTask());
        Lease old = leaseOne();
        loseLease(old);
        Lease present = leaseOne();
        Task before = find(present.task().id());

        for (Verdict verdict : Verdicts.all(now())) {
            assertLost(settle(old.token(), verdict), present.task().id(), TaskState.RUNNING, 2);
        }
        assertLost(extend(old, now().plusSeconds(90)), present.task().id(), TaskState.RUNNING, 2);
        assertLost(report(old), present.task().id(), TaskState.RUNNING, 2);
        assertThat(find(present.task().id())).isEqualTo(before);
        assertThat(succeed(present).result()).isEqualTo(Settled.Result.DONE);
    }

    @Test
    default void generationThatWasNeverGivenIsLost() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        Task before = find(id);

        for (int generation : new int[] {0, 2, 1000}) {
            for (Verdict verdict : Verdicts.all(now())) {
                assertLost(settle(new LeaseToken(lease.token().task(), generation), verdict), id, TaskState.RUNNING, 1);
            }
        }
        assertThat(find(id)).isEqualTo(before);
    }

    @Test
    default void tokenOfATaskThatWasNeverLeasedIsLost() {
        TaskId ready = accepted(aTask());
        TaskId scheduled = accepted(aTask().dueAt(now().plusSeconds(60)));

        for (Verdict verdict : Verdicts.all(now())) {
            assertLost(settle(new LeaseToken(ready, 0), verdict), ready, TaskState.READY, 0);
            assertLost(settle(new LeaseToken(scheduled, 0), verdict), scheduled, TaskState.SCHEDULED, 0);
        }
    }

    @Test
    default void verdictSaidAgainIsRepeatedAndChangesNothing() {
        for (Verdict verdict : Verdicts.all(now())) {
            TaskId id = accepted(aTask());
            Lease lease = leaseOne();
            Settled first = settle(lease.token(), verdict);
            Task after = find(id);
            clock().tickMillis(5);

            Settled again = settle(lease.token(), verdict);

            assertThat(first.result()).as("%s", verdict).isEqualTo(Settled.Result.DONE);
            assertThat(again)
                    .as("%s", verdict)
                    .isEqualTo(new Settled(Settled.Result.REPEATED, id, first.state(), first.generation()));
            assertThat(find(id)).as("%s", verdict).isEqualTo(after);
            lease(10);
        }
    }

    @Test
    default void otherVerdictAfterTheFirstIsLost() {
        for (Verdict first : Verdicts.all(now())) {
            for (Verdict second : Verdicts.all(now())) {
                if (Verdicts.sameKind(first, second)) {
                    continue;
                }
                TaskId id = accepted(aTask());
                Lease lease = leaseOne();
                settle(lease.token(), first);
                Task after = find(id);

                assertLost(settle(lease.token(), second), id, after.state(), 1);
                assertThat(find(id)).as("%s then %s", first, second).isEqualTo(after);
                lease(10);
            }
        }
    }

    @Test
    default void tokenSaidTwiceInOneCallCountsOnce() {
        accepted(aTask());
        Lease lease = leaseOne();
        Settlement settlement = new Settlement(lease.token(), new Verdict.Succeed(null));

        List<Settled> answers = tasks().settle(List.of(settlement, settlement), now());

        assertThat(answers).extracting(Settled::result).containsExactly(Settled.Result.DONE, Settled.Result.REPEATED);
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(1);
    }

    @Test
    default void staleTokenIsLostBesideAGoodOneOfTheSameBatch() {
        Batch batch = batch(aTask(), aTask(), aTask());
        submit(batch);
        List<Lease> old = lease(3);
        old.forEach(this::release);
        List<Lease> present = lease(3);
        List<Settlement> settlements = List.of(
                new Settlement(present.get(0).token(), new Verdict.Succeed(null)),
                new Settlement(old.get(1).token(), new Verdict.Succeed(null)),
                new Settlement(present.get(2).token(), new Verdict.Succeed(null)));

        assertThat(tasks().settle(settlements, now()))
                .extracting(Settled::result)
                .containsExactly(Settled.Result.DONE, Settled.Result.LOST, Settled.Result.DONE);
        assertThat(stateOf(batch.id().at(1))).isEqualTo(TaskState.RUNNING);
    }

    @Test
    default void wrongGenerationIsLostBesideARightOneOfAlikeTasks() {
        submit(batch(aTask(), aTask()));
        List<Lease> leases = lease(2);
        LeaseToken wrong = new LeaseToken(leases.get(1).token().task(), 2);

        assertThat(tasks().settle(
                                List.of(
                                        new Settlement(leases.get(0).token(), new Verdict.Succeed(null)),
                                        new Settlement(wrong, new Verdict.Succeed(null))),
                                now()))
                .extracting(Settled::result)
                .containsExactly(Settled.Result.DONE, Settled.Result.LOST);
    }

    @Test
    default void answersComeInTheOrderOfTheSettlementsOverQueues() {
        String other = scene().newQueue();
        TaskId here = accepted(aTask());
        TaskId there = acceptedIn(other, aTask());
        Lease first = leaseOne();
        Lease second = tasks().lease(new LeaseRequest(other, 1, LEASE, "w", Lanes.ALL_TYPES), now())
                .getFirst();
        List<Settlement> settlements = List.of(
                new Settlement(second.token(), new Verdict.Bury(ERROR, Cause.FAILED)),
                new Settlement(new LeaseToken(batch(aTask()).id().at(0), 1), new Verdict.Succeed(null)),
                new Settlement(first.token(), new Verdict.Succeed(null)),
                new Settlement(new LeaseToken(there, 0), new Verdict.Succeed(null)));

        assertThat(tasks().settle(settlements, now()))
                .containsExactly(
                        new Settled(Settled.Result.DONE, there, TaskState.DEAD, 1),
                        Settled.NO_TASK,
                        new Settled(Settled.Result.DONE, here, TaskState.SUCCEEDED, 1),
                        new Settled(Settled.Result.LOST, there, TaskState.DEAD, 1));
    }

    @Test
    default void manyAreSettledInOneCall() {
        submitMany(1_200, aTask());
        List<Settlement> settlements = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            lease(500).forEach(l -> settlements.add(new Settlement(l.token(), new Verdict.Succeed(null))));
        }

        assertThat(tasks().settle(settlements, now()))
                .hasSize(1_200)
                .allMatch(s -> s.result() == Settled.Result.DONE && s.state() == TaskState.SUCCEEDED);
        assertThat(tasks().settle(List.of(), now())).isEmpty();
    }

    @Test
    default void endedLeaseCannotBeExtendedNorReported() {
        for (Verdict verdict : Verdicts.all(now())) {
            TaskId id = accepted(aTask());
            Lease lease = leaseOne();
            TaskState state = settle(lease.token(), verdict).state();

            assertLost(extend(lease, now().plusSeconds(60)), id, state, 1);
            assertLost(report(lease), id, state, 1);
            lease(10);
        }
    }

    @Test
    default void unknownTaskIsAnsweredAsSuch() {
        LeaseToken token = new LeaseToken(batch(aTask()).id().at(0), 1);

        for (Verdict verdict : Verdicts.all(now())) {
            assertThat(settle(token, verdict)).isEqualTo(Settled.NO_TASK);
        }
        assertThat(tasks().extend(List.of(new Extension(token, now().plusSeconds(1))), now()))
                .containsExactly(Settled.NO_TASK);
        assertThat(tasks().report(List.of(new Report(token, new Progress(1, null), List.of())), now()))
                .containsExactly(Settled.NO_TASK);
    }

    private Settled extend(Lease lease, Instant until) {
        return tasks().extend(List.of(new Extension(lease.token(), until)), now())
                .getFirst();
    }

    private Settled report(Lease lease) {
        Report report = new Report(lease.token(), new Progress(50, "half"), List.of("a line"));
        return tasks().report(List.of(report), now()).getFirst();
    }

    private static void assertLost(Settled settled, TaskId id, TaskState state, int generation) {
        assertThat(settled).isEqualTo(new Settled(Settled.Result.LOST, id, state, generation));
    }
}
