package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.task.Cause;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that are due later. */
public interface ScheduleContract extends StoreFixture {
    @Test
    default void scheduledTaskIsNotLeasedBeforeItIsDue() {
        Instant due = now().plusSeconds(10);
        TaskId id = accepted(aTask().dueAt(due));
        clock().set(due.minusMillis(1));
        assertThat(tidy()).isZero();
        assertThat(lease(10)).isEmpty();
        assertThat(stateOf(id)).isEqualTo(TaskState.SCHEDULED);

        clock().set(due);
        assertThat(leasedIds(10)).containsExactly(id);
        assertThat(causes(id)).containsExactly(Cause.SUBMITTED, Cause.DUE, Cause.LEASED);
    }

    @Test
    default void upkeepPromotesWhatIsDue() {
        TaskId due = accepted(aTask().dueAt(now().plusSeconds(10)));
        TaskId later = accepted(aTask().dueAt(now().plusSeconds(20)));
        Instant dueAt = now().plusSeconds(10);
        clock().tickSeconds(12);

        assertThat(tidy()).isEqualTo(1);

        assertThat(stateOf(due)).isEqualTo(TaskState.READY);
        assertThat(stateOf(later)).isEqualTo(TaskState.SCHEDULED);
        assertThat(find(due).status().times().readyAt()).isBetween(dueAt, now());
        assertThat(find(due).status().times().runAt()).isEqualTo(dueAt);
        assertThat(causes(due)).containsExactly(Cause.SUBMITTED, Cause.DUE);
        assertThat(tidy()).isZero();
    }

    @Test
    default void pausedQueuePromotesAllTheSame() {
        TaskId id = accepted(aTask().dueAt(now().plusSeconds(10)));
        storage().queues().pause(queue(), true);
        clock().tickSeconds(10);
        tidy();

        assertThat(stateOf(id)).isEqualTo(TaskState.READY);
        assertThat(lease(10)).isEmpty();
    }

    @Test
    default void earliestDueGoesFirst() {
        TaskId third = accepted(aTask().dueAt(now().plusSeconds(30)));
        TaskId first = accepted(aTask().dueAt(now().plusSeconds(10)));
        TaskId second = accepted(aTask("other").dueAt(now().plusSeconds(20)));
        clock().tickSeconds(40);

        assertThat(leasedIds(10)).containsExactly(first, second, third);
    }

    @Test
    default void taskThatBecameDueGoesToTheEndOfTheLine() {
        TaskId due = accepted(aTask().dueAt(now().plusSeconds(10)));
        TaskId waiting = accepted(aTask());
        clock().tickSeconds(10);

        assertThat(leasedIds(10)).containsExactly(waiting, due);
    }

    @Test
    default void typeAndPriorityHoldAfterADelay() {
        TaskId low = accepted(aTask("a").withPriority(1).dueAt(now().plusSeconds(10)));
        TaskId high = accepted(aTask("b").withPriority(8).dueAt(now().plusSeconds(10)));
        accepted(aTask("c").dueAt(now().plusSeconds(10)));
        clock().tickSeconds(10);

        assertThat(leasedIds(10, "a", "b")).containsExactly(high, low);
    }

    @Test
    default void manyAreDueInSlices() {
        submitMany(730, aTask().dueAt(now().plusSeconds(10)));
        clock().tickSeconds(10);
        int rounds = 0;
        while (count(TaskState.SCHEDULED) > 0) {
            assertThat(tasks().tidy(queue(), 100, now())).isPositive();
            assertThat(++rounds).isLessThan(730);
        }

        assertThat(count(TaskState.READY)).isEqualTo(730);
        assertThat(rounds).as("about 100 a round").isBetween(3, 16);
    }

    @Test
    default void leaseAloneGetsThroughAllThatIsDue() {
        submitMany(1_100, aTask().dueAt(now().plusSeconds(10)));
        clock().tickSeconds(10);
        int leased = 0;
        for (int i = 0; i < 1_100 && leased < 1_100; i++) {
            int some = lease(100).size();
            assertThat(some).isPositive();
            leased += some;
        }

        assertThat(leased).isEqualTo(1_100);
    }

    @Test
    default void runNowDoesNotWait() {
        TaskId id = accepted(aTask().dueAt(now().plusSeconds(3600)));
        clock().tickSeconds(1);
        tasks().change(List.of(new Change.RunNow(id, null)), now());

        assertThat(find(id).status().times().readyAt()).isEqualTo(now());
        assertThat(find(id).status().times().runAt()).isEqualTo(now());
        assertThat(causes(id)).containsExactly(Cause.SUBMITTED, Cause.RUN_NOW);
        assertThat(leasedIds(10)).containsExactly(id);
        clock().tickSeconds(3600);
        tidy();
        assertThat(find(id).status().generation()).isEqualTo(1);
    }

    @Test
    default void runNowDoesNotWaitForARetryEither() {
        TaskId id = accepted(aTask());
        retryAt(leaseOne(), now().plusSeconds(3600));
        tasks().change(List.of(new Change.RunNow(id, null)), now());

        assertThat(leasedIds(10)).containsExactly(id);
        assertThat(find(id).status().attempts()).isEqualTo(2);
    }

    @Test
    default void cancelledTaskIsNeverDue() {
        TaskId id = accepted(aTask().dueAt(now().plusSeconds(10)));
        tasks().change(List.of(new Change.Cancel(id, null)), now());
        clock().tickSeconds(10);

        assertThat(tidy()).isZero();
        assertThat(lease(10)).isEmpty();
    }

    @Test
    default void taskMayBeDueYearsFromNow() {
        Instant due = Instant.parse("2099-12-31T23:59:59.999Z");
        TaskId id = accepted(aTask().dueAt(due));

        assertThat(find(id).status().times().runAt()).isEqualTo(due);
        assertThat(snapshot().nextDueAt()).isEqualTo(due);
    }
}
