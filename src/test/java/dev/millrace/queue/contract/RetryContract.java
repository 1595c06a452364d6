package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Lease;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a failure costs, and what a crash. */
public interface RetryContract extends StoreFixture {
    @Test
    default void failedTaskWaitsUntilItIsDueAgain() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        Instant runAt = now().plusSeconds(30);

        assertThat(retryAt(lease, runAt)).isEqualTo(new Settled(Settled.Result.DONE, id, TaskState.SCHEDULED, 1));

        Task task = find(id);
        assertThat(task.status().times().runAt()).isEqualTo(runAt);
        assertThat(task.status().attempts()).isEqualTo(1);
        assertThat(task.details().error()).isEqualTo(ERROR);
        clock().set(runAt.minusMillis(1));
        assertThat(lease(10)).isEmpty();
        clock().set(runAt);
        assertThat(leasedIds(10)).containsExactly(id);
        assertThat(find(id).status().attempts()).isEqualTo(2);
        assertThat(find(id).status().generation()).isEqualTo(2);
    }

    @Test
    default void failedTaskThatIsDueAtOnceCanBeLeasedAtOnce() {
        TaskId id = accepted(aTask());
        retryAt(leaseOne(), now());

        assertThat(leasedIds(10)).containsExactly(id);
    }

    @Test
    default void taskThatFailedForGoodIsDead() {
        TaskId id = accepted(aTask());

        assertThat(bury(leaseOne())).isEqualTo(new Settled(Settled.Result.DONE, id, TaskState.DEAD, 1));

        Task task = find(id);
        assertThat(task.details().error()).isEqualTo(ERROR);
        assertThat(task.status().attempts()).isEqualTo(1);
        assertThat(task.status().times().finishedAt()).isEqualTo(now());
        assertThat(lease(10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"FAILED", "TIMED_OUT", "OUTCOME_UNKNOWN"})
    default void historyTellsHowAnAttemptFailed(Cause cause) {
        TaskId id = accepted(aTask());
        settle(leaseOne().token(), new Verdict.RetryAt(now().plusSeconds(1), ERROR, cause));
        Event retried = find(id).details().history().getLast();
        clock().tickSeconds(1);
        settle(leaseOne().token(), new Verdict.Bury(ERROR, cause));
        Event buried = find(id).details().history().getLast();

        assertThat(retried.cause()).isEqualTo(cause);
        assertThat(retried.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(retried.attempt()).isEqualTo(1);
        assertThat(retried.worker()).isEqualTo("worker-1");
        assertThat(buried.cause()).isEqualTo(cause);
        assertThat(buried.state()).isEqualTo(TaskState.DEAD);
        assertThat(buried.attempt()).isEqualTo(2);
    }

    @Test
    default void errorIsThatOfTheLatestFailureUntilASuccess() {
        TaskId id = accepted(aTask());
        retryAt(leaseOne(), now());
        TaskError second = new TaskError("Other", "∑ \"quoted\" \u0000 \n");
        settle(leaseOne().token(), new Verdict.RetryAt(now(), second, Cause.FAILED));
        assertThat(find(id).details().error()).isEqualTo(second);
        Lease third = leaseOne();
        assertThat(third.task().details().error()).isEqualTo(second);

        succeed(third);

        assertThat(find(id).details().error()).isNull();
    }

    @Test
    default void longestErrorIsKeptWhole() {
        TaskId id = accepted(aTask());
        TaskError longest = new TaskError("T".repeat(TaskError.MAX_TYPE), "ü".repeat(TaskError.MAX_MESSAGE));
        settle(leaseOne().token(), new Verdict.Bury(longest, Cause.FAILED));

        assertThat(find(id).details().error()).isEqualTo(longest);
    }

    @Test
    default void expiredLeaseIsACrashAndNoAttempt() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        clock().set(lease.expiresAt().plusMillis(1));

        assertThat(tidy()).isEqualTo(1);

        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.READY);
        assertThat(task.status().attempts()).isZero();
        assertThat(task.status().crashes()).isEqualTo(1);
        assertThat(task.status().generation()).isEqualTo(1);
        assertThat(task.status().times().leaseExpiresAt()).isNull();
        assertThat(task.status().times().readyAt()).isEqualTo(now());
        assertThat(task.details().history().getLast().cause()).isEqualTo(Cause.LEASE_EXPIRED);
        assertThat(tidy()).isZero();
    }

    @Test
    default void leaseReclaimsWhatExpired() {
        TaskId id = accepted(aTask());
        Lease lost = leaseOne();
        clock().set(lost.expiresAt().plusMillis(1));

        assertThat(leasedIds(10)).containsExactly(id);

        assertThat(find(id).status().attempts()).isEqualTo(1);
        assertThat(find(id).status().crashes()).isEqualTo(1);
    }

    @Test
    default void taskWhoseLeaseExpiredGoesToTheEndOfTheLine() {
        TaskId lost = accepted(aTask());
        Lease lease = leaseOne();
        TaskId waiting = accepted(aTask());
        loseLease(lease);

        assertThat(leasedIds(10)).containsExactly(waiting, lost);
    }

    @Test
    default void thirdCrashIsTheEndAsPoison() {
        TaskId id = accepted(aTask().named(own("killer")));
        for (int crash = 1; crash <= RetryPolicy.MAX_CRASHES; crash++) {
            assertThat(stateOf(id)).isEqualTo(TaskState.READY);
            loseLease(leaseOne());
            assertThat(find(id).status().crashes()).isEqualTo(crash);
        }

        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.DEAD);
        assertThat(task.status().attempts()).isZero();
        assertThat(task.status().times().finishedAt()).isEqualTo(now());
        assertThat(task.details().error()).isEqualTo(TaskError.POISON);
        assertThat(task.details().history().getLast().cause()).isEqualTo(Cause.POISON);
        assertThat(lease(10)).isEmpty();
    }

    @Test
    default void leaseBuriesPoisonAsWell() {
        TaskId id = accepted(aTask());
        for (int crash = 1; crash <= RetryPolicy.MAX_CRASHES; crash++) {
            clock().set(leaseOne().expiresAt().plusMillis(1));
        }

        assertThat(lease(10)).isEmpty();
        assertThat(stateOf(id)).isEqualTo(TaskState.DEAD);
    }

    @Test
    default void failuresAndCrashesAreCountedApart() {
        TaskId id = accepted(aTask());
        retryAt(leaseOne(), now());
        loseLease(leaseOne());
        retryAt(leaseOne(), now());
        loseLease(leaseOne());

        assertThat(find(id).status().attempts()).isEqualTo(2);
        assertThat(find(id).status().crashes()).isEqualTo(2);
        assertThat(find(id).status().generation()).isEqualTo(4);
        loseLease(leaseOne());
        assertThat(stateOf(id)).isEqualTo(TaskState.DEAD);
        assertThat(find(id).status().attempts()).isEqualTo(2);
    }

    @Test
    default void lateCompletionOfPoisonIsLost() {
        accepted(aTask());
        Lease last = null;
        for (int crash = 1; crash <= RetryPolicy.MAX_CRASHES; crash++) {
            last = leaseOne();
            loseLease(last);
        }

        assertThat(succeed(last).result()).isEqualTo(Settled.Result.LOST);
        assertThat(succeed(last).state()).isEqualTo(TaskState.DEAD);
    }

    @Test
    default void storeDoesNotCountAttemptsAgainstThePolicy() {
        TaskId id = accepted(aTask().retrying(1, RetryPolicy.DEFAULT.backoff()));
        for (int i = 0; i < 4; i++) {
            assertThat(retryAt(leaseOne(), now()).state()).isEqualTo(TaskState.SCHEDULED);
        }
        assertThat(find(id).status().attempts()).isEqualTo(4);
    }

    @Test
    default void manyLeasesThatExpireTogetherAreAllReclaimed() {
        submitMany(1_300, aTask());
        for (int i = 0; i < 3; i++) {
            lease(500);
        }
        clock().tick(LEASE.plusMillis(1));

        for (int i = 0; i < 1_300 && count(TaskState.RUNNING) > 0; i++) {
            assertThat(tasks().tidy(queue(), 100, now())).isPositive();
        }

        assertThat(count(TaskState.READY)).isEqualTo(1_300);
    }
}
