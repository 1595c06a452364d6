package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Lease;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A task that is handed back costs nothing. */
public interface ReleaseContract extends StoreFixture {
    @Test
    default void releasedTaskGetsItsAttemptBack() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        clock().tickSeconds(3);

        assertThat(release(lease)).isEqualTo(new Settled(Settled.Result.DONE, id, TaskState.READY, 1));

        Task task = find(id);
        assertThat(task.status().attempts()).isZero();
        assertThat(task.status().crashes()).isZero();
        assertThat(task.status().generation()).isEqualTo(1);
        assertThat(task.status().times().readyAt()).isEqualTo(now());
        assertThat(task.details().error()).isNull();
    }

    @Test
    default void releasedTaskGoesToTheEndOfItsLine() {
        TaskId first = accepted(aTask());
        Lease lease = leaseOne();
        TaskId second = accepted(aTask());

        release(lease);

        assertThat(leasedIds(10)).containsExactly(second, first);
    }

    @Test
    default void taskMayBeReleasedUntilLaterWithAReason() {
        TaskId id = accepted(aTask());
        Instant runAt = now().plusSeconds(45);

        Settled settled = settle(leaseOne().token(), new Verdict.Release(runAt, "backend is busy"));

        assertThat(settled.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(find(id).status().times().runAt()).isEqualTo(runAt);
        assertThat(find(id).status().attempts()).isZero();
        assertThat(find(id).details().history().getLast())
                .isEqualTo(new Event(now(), TaskState.SCHEDULED, Cause.RELEASED, 1, "worker-1", "backend is busy"));
        clock().set(runAt.minusMillis(1));
        assertThat(lease(10)).isEmpty();
        clock().set(runAt);
        assertThat(leasedIds(10)).containsExactly(id);
    }

    @Test
    default void releaseUntilAMomentThatIsOverIsAtOnce() {
        TaskId id = accepted(aTask());
        settle(leaseOne().token(), new Verdict.Release(now().minusSeconds(1), null));

        assertThat(leasedIds(10)).containsExactly(id);
    }

    @Test
    default void taskMayBeReleasedAnyNumberOfTimes() {
        TaskId id = accepted(aTask());
        for (int generation = 1; generation <= 20; generation++) {
            Lease lease = leaseOne();
            assertThat(lease.token().generation()).isEqualTo(generation);
            assertThat(lease.task().status().attempts()).isEqualTo(1);
            release(lease);
        }
        assertThat(find(id).status().attempts()).isZero();
        assertThat(find(id).status().crashes()).isZero();
    }

    @Test
    default void releaseAfterAFailureKeepsTheFailuresAttempt() {
        TaskId id = accepted(aTask());
        retryAt(leaseOne(), now());
        release(leaseOne());

        assertThat(find(id).status().attempts()).isEqualTo(1);
        assertThat(find(id).details().error()).isEqualTo(ERROR);
    }
}
