package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A queue's figures. */
public interface CountsContract extends States {
    @Test
    default void everyStateIsCounted() {
        for (TaskState state : TaskState.values()) {
            if (state != TaskState.BLOCKED && state != TaskState.READY) {
                taskIn(state);
            }
        }
        accepted(aTask());
        accepted(aTask());

        QueueSnapshot snapshot = snapshot();
        for (TaskState state : TaskState.values()) {
            long expected = switch (state) {
                case BLOCKED -> 0;
                case READY -> 2;
                default -> 1;
            };
            assertThat(snapshot.count(state)).as("%s", state).isEqualTo(expected);
        }
    }

    @Test
    default void newQueueIsEmpty() {
        storage().queues().open(queue(), now());

        QueueSnapshot snapshot = snapshot();

        assertThat(snapshot.counts().values()).allMatch(n -> n == 0);
        assertThat(snapshot.waitingBytes()).isZero();
        assertThat(snapshot.keptBytes()).isZero();
        assertThat(snapshot.due()).isZero();
        assertThat(snapshot.oldestReadyAt()).isNull();
        assertThat(snapshot.nextDueAt()).isNull();
    }

    @Test
    default void bytesFollowTheTasks() {
        accepted(aTask().withPayload("\"" + "x".repeat(98) + "\""));
        accepted(aTask().withPayload("{}").dueAt(now().plusSeconds(60)));
        assertThat(snapshot().waitingBytes()).isEqualTo(164 + 66);
        assertThat(snapshot().keptBytes()).isZero();

        var lease = leaseOne();
        assertThat(snapshot().waitingBytes()).isEqualTo(164 + 66);
        succeed(lease);
        assertThat(snapshot().waitingBytes()).isEqualTo(66);
        assertThat(snapshot().keptBytes()).isEqualTo(164);

        tasks().change(List.of(new Change.Delete(lease.task().id(), null)), now());
        assertThat(snapshot().keptBytes()).isZero();
    }

    @Test
    default void oldestIsTheOneThatWaitsLongestWhateverItsPriority() {
        Instant oldest = now();
        accepted(aTask().withPriority(0));
        clock().tickSeconds(5);
        accepted(aTask().withPriority(9));
        accepted(aTask("other").withPriority(5));
        clock().tickSeconds(5);

        assertThat(snapshot().oldestReadyAt()).isEqualTo(oldest);
        lease(2);
        assertThat(snapshot().oldestReadyAt()).isEqualTo(oldest);
        lease(1);
        assertThat(snapshot().oldestReadyAt()).isNull();
    }

    @Test
    default void oldestFollowsWhatLeavesTheLine() {
        TaskId first = accepted(aTask());
        clock().tickSeconds(5);
        Instant second = now();
        accepted(aTask());
        tasks().change(List.of(new Change.Cancel(first, null)), now());
        assertThat(snapshot().oldestReadyAt()).isEqualTo(second);

        var lease = leaseOne();
        clock().tickSeconds(5);
        release(lease);
        assertThat(snapshot().oldestReadyAt()).isEqualTo(now());
    }

    @Test
    default void nextDueIsTheEarliest() {
        accepted(aTask().dueAt(now().plusSeconds(60)));
        TaskId first = accepted(aTask().dueAt(now().plusSeconds(30)));
        Instant due = now().plusSeconds(30);
        assertThat(snapshot().nextDueAt()).isEqualTo(due);

        tasks().change(List.of(new Change.Cancel(first, null)), now());
        assertThat(snapshot().nextDueAt()).isEqualTo(due.plusSeconds(30));
        accepted(aTask());
        retryAt(leaseOne(), now().plusSeconds(10));
        assertThat(snapshot().nextDueAt()).isEqualTo(now().plusSeconds(10));
    }

    @Test
    default void whatIsDueAndNotPromotedYetIsCounted() {
        submitMany(3, aTask().dueAt(now().plusSeconds(10)));
        accepted(aTask().dueAt(now().plusSeconds(20)));
        assertThat(snapshot().due()).isZero();
        clock().tickSeconds(10);

        assertThat(snapshot().due()).isEqualTo(3);
        assertThat(count(TaskState.SCHEDULED)).isEqualTo(4);

        tidy();
        assertThat(snapshot().due()).isZero();
        assertThat(count(TaskState.READY)).isEqualTo(3);
    }

    @Test
    default void countersStandTheSameHoweverManyTasksThereAre() {
        submitMany(5_000, aTask());
        submitMany(1_000, aTask().dueAt(now().plusSeconds(60)));
        lease(500).forEach(this::succeed);
        lease(250);

        assertThat(count(TaskState.READY)).isEqualTo(4_250);
        assertThat(count(TaskState.SCHEDULED)).isEqualTo(1_000);
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(500);
        assertThat(count(TaskState.RUNNING)).isEqualTo(250);
    }

    @Test
    default void repeatsCountNothing() {
        var batch = batch(aTask().named(own("once")), aTask());
        submit(batch);
        long bytes = snapshot().waitingBytes();
        submit(batch);
        submit(aTask().named(own("once")));
        var lease = leaseOne();
        succeed(lease);
        succeed(lease);

        assertThat(count(TaskState.READY)).isEqualTo(1);
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(1);
        assertThat(snapshot().waitingBytes() + snapshot().keptBytes()).isEqualTo(bytes);
    }
}
