package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Extension;
import dev.millrace.queue.Lease;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases that are kept, and workers that come too late. */
public interface DeadlineContract extends StoreFixture {
    @Test
    default void lateCompletionIsTakenWhileNobodyReclaimedTheTask() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        clock().tick(LEASE.plusSeconds(60));

        assertThat(succeed(lease).result()).isEqualTo(Settled.Result.DONE);
        assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void lateCompletionIsTakenWhileNobodyElseHoldsTheTask() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        loseLease(lease);
        assertThat(stateOf(id)).isEqualTo(TaskState.READY);

        Settled settled = settle(lease.token(), new Verdict.Succeed(Payload.of("1")));

        assertThat(settled).isEqualTo(new Settled(Settled.Result.DONE, id, TaskState.SUCCEEDED, 1));
        assertThat(find(id).details().result()).isEqualTo(Payload.of("1"));
        assertThat(find(id).status().attempts())
                .as("the attempt that was given back")
                .isEqualTo(1);
        assertThat(find(id).status().crashes()).isEqualTo(1);
        assertThat(lease(10)).isEmpty();
        assertThat(succeed(lease).result()).isEqualTo(Settled.Result.REPEATED);
    }

    @Test
    default void lateVerdictOtherThanCompletionIsLost() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        loseLease(lease);
        Task before = find(id);

        for (Verdict verdict : Verdicts.all(now())) {
            if (!(verdict instanceof Verdict.Succeed)) {
                assertLost(settle(lease.token(), verdict), id, TaskState.READY, 1);
            }
        }
        Report report = new Report(lease.token(), new Progress(50, null), List.of("a line"));
        assertLost(tasks().report(List.of(report), now()).getFirst(), id, TaskState.READY, 1);
        assertThat(find(id)).isEqualTo(before);
    }

    @Test
    default void extendedLeaseLivesUntilItsNewDeadline() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        clock().tickSeconds(20);
        Instant until = now().plusSeconds(30);

        assertThat(extend(lease, until)).isEqualTo(new Settled(Settled.Result.DONE, id, TaskState.RUNNING, 1));

        assertThat(find(id).status().times().leaseExpiresAt()).isEqualTo(until);
        clock().set(until.minusMillis(1));
        assertThat(tidy()).isZero();
        assertThat(lease(10)).isEmpty();
        clock().set(until.plusMillis(1));
        tidy();
        assertThat(stateOf(id)).isEqualTo(TaskState.READY);
    }

    @Test
    default void leaseMayBeExtendedAgainAndAgain() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        for (int i = 0; i < 20; i++) {
            clock().tickSeconds(20);
            assertThat(extend(lease, now().plus(LEASE)).result()).isEqualTo(Settled.Result.DONE);
            assertThat(extend(lease, now().plus(LEASE)).holds()).isTrue();
            tidy();
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.RUNNING);
        assertThat(find(id).status().crashes()).isZero();
        assertThat(succeed(lease).result()).isEqualTo(Settled.Result.DONE);
    }

    @Test
    default void expiredLeaseMayBeExtendedWhileNobodyReclaimedTheTask() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        clock().tick(LEASE.plusSeconds(1));

        assertThat(extend(lease, now().plus(LEASE)).result()).isEqualTo(Settled.Result.DONE);
        assertThat(lease(10)).isEmpty();
        assertThat(stateOf(id)).isEqualTo(TaskState.RUNNING);
    }

    @Test
    default void leaseThatWasReclaimedIsTakenAgainByItsExtensionOrLost() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        loseLease(lease);
        Settled settled = extend(lease, now().plus(LEASE));

        if (settled.holds()) {
            assertThat(settled).isEqualTo(new Settled(Settled.Result.DONE, id, TaskState.RUNNING, 1));
            assertThat(lease(10)).isEmpty();
            assertThat(succeed(lease).result()).isEqualTo(Settled.Result.DONE);
        } else {
            assertLost(settled, id, TaskState.READY, 1);
            assertThat(leasedIds(10)).containsExactly(id);
        }
    }

    @Test
    default void leaseMayBeShortened() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        assertThat(extend(lease, now().plusSeconds(1)).result()).isEqualTo(Settled.Result.DONE);
        clock().tickMillis(1_001);

        assertThat(leasedIds(10)).containsExactly(id);
        assertThat(succeed(lease).result()).isEqualTo(Settled.Result.LOST);
    }

    private Settled extend(Lease lease, Instant until) {
        return tasks().extend(List.of(new Extension(lease.token(), until)), now())
                .getFirst();
    }

    private static void assertLost(Settled settled, TaskId id, TaskState state, int generation) {
        assertThat(settled).isEqualTo(new Settled(Settled.Result.LOST, id, state, generation));
    }
}
