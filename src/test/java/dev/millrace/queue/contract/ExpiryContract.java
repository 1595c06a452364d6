package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that did not start in its time to live is not run any more. */
public interface ExpiryContract extends StoreFixture {
    @Test
    default void readyTaskExpiresAfterItsTime() {
        TaskId id = accepted(aTask().expiringAt(now().plusSeconds(10)));
        clock().tickMillis(9_999);
        assertThat(tidy()).isZero();

        clock().tickMillis(2);
        assertThat(tidy()).isEqualTo(1);

        assertThat(stateOf(id)).isEqualTo(TaskState.EXPIRED);
        assertThat(find(id).status().times().finishedAt()).isEqualTo(now());
        assertThat(find(id).details().history().getLast())
                .isEqualTo(new Event(now(), TaskState.EXPIRED, Cause.EXPIRED, 0, null, null));
        assertThat(tidy()).isZero();
    }

    @Test
    default void taskThatIsTooOldIsNotLeased() {
        TaskId old = accepted(aTask().expiringAt(now().plusSeconds(10)));
        TaskId other = accepted(aTask());
        clock().tickSeconds(11);

        assertThat(leasedIds(10)).containsExactly(other);
        tidy();
        assertThat(stateOf(old)).isEqualTo(TaskState.EXPIRED);
    }

    @Test
    default void scheduledTaskExpires() {
        TaskId id = accepted(aTask().dueAt(now().plusSeconds(60)).expiringAt(now().plusSeconds(10)));
        clock().tickSeconds(11);
        tidy();

        assertThat(stateOf(id)).isEqualTo(TaskState.EXPIRED);
        clock().tickSeconds(60);
        assertThat(lease(10)).isEmpty();
    }

    @Test
    default void taskThatIsDueAndTooOldAtOnceExpires() {
        TaskId id = accepted(aTask().dueAt(now().plusSeconds(5)).expiringAt(now().plusSeconds(10)));
        clock().tickSeconds(60);

        assertThat(lease(10)).isEmpty();
        tidy();
        assertThat(stateOf(id)).isEqualTo(TaskState.EXPIRED);
    }

    @Test
    default void runningTaskDoesNotExpire() {
        TaskId id = accepted(aTask().expiringAt(now().plusSeconds(10)));
        var lease = leaseOne();
        clock().tickSeconds(11);
        tidy();

        assertThat(stateOf(id)).isEqualTo(TaskState.RUNNING);
        assertThat(succeed(lease).holds()).isTrue();
    }

    @Test
    default void taskThatStartedInTimeDoesNotExpireAnyMore() {
        TaskId retried = accepted(aTask().expiringAt(now().plusSeconds(10)));
        retryAt(leaseOne(), now().plusSeconds(60));
        TaskId released = accepted(aTask().expiringAt(now().plusSeconds(10)));
        release(leaseOne());
        clock().tickSeconds(61);
        tidy();

        assertThat(leasedIds(10)).containsExactlyInAnyOrder(retried, released);
    }

    @Test
    default void expiredTaskThatIsRetriedByHandRuns() {
        TaskId id = accepted(aTask().expiringAt(now().plusSeconds(10)));
        clock().tickSeconds(11);
        tidy();
        tasks().change(List.of(new Change.Retry(id, null, null)), now());
        clock().tickSeconds(1);
        tidy();

        assertThat(leasedIds(10)).containsExactly(id);
    }

    @Test
    default void cancelledTaskDoesNotExpire() {
        TaskId id = accepted(aTask().expiringAt(now().plusSeconds(10)));
        tasks().change(List.of(new Change.Cancel(id, null)), now());
        clock().tickSeconds(11);

        assertThat(tidy()).isZero();
        assertThat(stateOf(id)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    default void noneOfManyThatAreTooOldIsLeased() {
        submitMany(3_000, aTask().expiringAt(now().plusSeconds(10)));
        TaskId other = accepted(aTask());
        clock().tickSeconds(11);
        List<TaskId> leased = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            leased.addAll(leasedIds(50));
        }

        assertThat(leased).containsExactly(other);
    }

    @Test
    default void manyExpireInSlices() {
        submitMany(350, aTask().expiringAt(now().plusSeconds(10)));
        clock().tickSeconds(11);
        for (int i = 0; i < 350 && count(TaskState.READY) > 0; i++) {
            assertThat(tasks().tidy(queue(), 50, now())).isPositive();
        }

        assertThat(count(TaskState.EXPIRED)).isEqualTo(350);
    }
}
