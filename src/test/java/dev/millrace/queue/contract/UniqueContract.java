package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Lease;
import dev.millrace.queue.Submitted.Created;
import dev.millrace.queue.Submitted.Existing;
import dev.millrace.queue.Submitted.Repeated;
import dev.millrace.queue.Submitted.UniqueTaken;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.task.Unique.Mode;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At most one live task of a queue holds a key. */
public interface UniqueContract extends StoreFixture {
    @Test
    default void takenKeyIsRefusedOrAnsweredByItsHolder() {
        TaskId holder = accepted(aTask().named(own("holder")).unique("key", Mode.REJECT));

        assertThat(submit(claim(Mode.REJECT))).isEqualTo(new UniqueTaken(holder));
        assertThat(submit(claim(Mode.RETURN))).isEqualTo(new Existing(holder));
        assertThat(count(TaskState.READY)).isEqualTo(1);
    }

    @Test
    default void modeIsTheSecondSubmissionsToChoose() {
        TaskId holder = accepted(claim(Mode.REPLACE));

        assertThat(submit(claim(Mode.REJECT))).isEqualTo(new UniqueTaken(holder));
        assertThat(stateOf(holder)).isEqualTo(TaskState.READY);
    }

    @Test
    default void otherKeysAndOtherQueuesAreNotConcerned() {
        accepted(claim(Mode.REJECT));

        accepted(aTask().unique("KEY", Mode.REJECT));
        accepted(aTask());
        acceptedIn(scene().newQueue(), claim(Mode.REJECT));
    }

    @Test
    default void keyIsHeldWhileTheTaskLives() {
        TaskId holder = accepted(aTask().dueAt(now().plusSeconds(10)).unique("key", Mode.REJECT));
        assertThat(submit(claim(Mode.REJECT))).as("scheduled").isEqualTo(new UniqueTaken(holder));
        clock().tickSeconds(10);
        Lease lease = leaseOne();
        assertThat(submit(claim(Mode.REJECT))).as("running").isEqualTo(new UniqueTaken(holder));
        retryAt(lease, now().plusSeconds(10));
        assertThat(submit(claim(Mode.REJECT))).as("waits to be retried").isEqualTo(new UniqueTaken(holder));
        clock().tickSeconds(10);
        release(leaseOne());
        assertThat(submit(claim(Mode.REJECT))).as("released").isEqualTo(new UniqueTaken(holder));
        loseLease(leaseOne());
        assertThat(submit(claim(Mode.REJECT))).as("lease expired").isEqualTo(new UniqueTaken(holder));
        succeed(leaseOne());
        accepted(claim(Mode.REJECT));
    }

    @Test
    default void keyIsFreeAfterEveryKindOfEnd() {
        accepted(claim(Mode.REJECT));
        succeed(leaseOne());
        accepted(claim(Mode.REJECT));
        bury(leaseOne());
        TaskId third = accepted(claim(Mode.REJECT));
        tasks().change(List.of(new Change.Cancel(third, null)), now());
        TaskId fourth = accepted(claim(Mode.REJECT).expiringAt(now().plusSeconds(5)));
        clock().tickSeconds(6);
        tidy();
        assertThat(stateOf(fourth)).isEqualTo(TaskState.EXPIRED);
        accepted(claim(Mode.REJECT));
        for (int i = 0; i < 3; i++) {
            loseLease(leaseOne());
        }
        accepted(claim(Mode.REJECT));
    }

    @Test
    default void keyIsFreeAfterACancelWhileItsHolderRuns() {
        TaskId holder = accepted(claim(Mode.REJECT));
        leaseOne();
        tasks().change(List.of(new Change.Cancel(holder, null)), now());

        accepted(claim(Mode.REJECT));
    }

    @Test
    default void keyIsFreeAfterItsTimeThoughTheTaskLives() {
        TaskId first = accepted(aTask().unique("key", Duration.ofMinutes(10), Mode.REJECT));
        clock().tick(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(submit(claim(Mode.REJECT))).isEqualTo(new UniqueTaken(first));

        clock().tickSeconds(2);
        TaskId second = accepted(claim(Mode.REJECT));

        assertThat(stateOf(first)).isEqualTo(TaskState.READY);
        assertThat(submit(claim(Mode.REJECT))).isEqualTo(new UniqueTaken(second));
    }

    @Test
    default void endOfAFormerHolderDoesNotFreeTheKey() {
        accepted(aTask().unique("key", Duration.ofMinutes(10), Mode.REJECT));
        clock().tick(Duration.ofMinutes(11));
        TaskId second = accepted(claim(Mode.REJECT));

        succeed(leaseOne());

        assertThat(submit(claim(Mode.REJECT))).isEqualTo(new UniqueTaken(second));
    }

    @Test
    default void replaceCancelsAWaitingHolder() {
        for (boolean scheduled : new boolean[] {false, true}) {
            String key = "key-" + scheduled;
            TaskId first = accepted(
                    aTask().dueAt(scheduled ? now().plusSeconds(60) : null).unique(key, Mode.REJECT));

            TaskId second = accepted(aTask().unique(key, Mode.REPLACE));

            assertThat(stateOf(first)).isEqualTo(TaskState.CANCELLED);
            Event last = find(first).details().history().getLast();
            assertThat(last.cause()).isEqualTo(Cause.REPLACED);
            assertThat(find(first).status().times().finishedAt()).isEqualTo(now());
            assertThat(leasedIds(10)).containsExactly(second);
            assertThat(submit(aTask().unique(key, Mode.RETURN))).isEqualTo(new Existing(second));
        }
    }

    @Test
    default void replaceIsRefusedWhileTheHolderRuns() {
        TaskId first = accepted(claim(Mode.REJECT));
        Lease lease = leaseOne();

        assertThat(submit(claim(Mode.REPLACE))).isEqualTo(new UniqueTaken(first));

        assertThat(succeed(lease).holds()).isTrue();
        accepted(claim(Mode.REPLACE));
    }

    @Test
    default void keyTwiceInOneBatchIsHeldByTheFirst() {
        Batch rejecting = batch(claim(Mode.REJECT), claim(Mode.REJECT), claim(Mode.RETURN));
        TaskId first = rejecting.id().at(0);

        assertThat(submit(rejecting)).containsExactly(new Created(first), new UniqueTaken(first), new Existing(first));

        Batch replacing = batch(claim(Mode.REPLACE), claim(Mode.REPLACE));
        assertThat(submit(replacing)).hasOnlyElementsOfType(Created.class);
        assertThat(stateOf(replacing.id().at(0))).isEqualTo(TaskState.CANCELLED);
        assertThat(leasedIds(10)).containsExactly(replacing.id().at(1));
    }

    @Test
    default void repeatIsARepeatAlsoWhereTheKeyIsTaken() {
        Batch batch = batch(aTask().named(own("order-1")).unique("key", Mode.REJECT));
        submit(batch);

        assertThat(submit(aTask().named(own("order-1")).unique("key", Mode.REJECT)))
                .isEqualTo(new Repeated(new TaskId(own("order-1"))));
        assertThat(submit(batch).getFirst()).isInstanceOfAny(Created.class, Repeated.class);
        assertThat(submit(aTask().named(own("order-1")).unique("key", Mode.REPLACE)))
                .isInstanceOf(Repeated.class);
        assertThat(stateOf(new TaskId(own("order-1")))).isEqualTo(TaskState.READY);
    }

    @Test
    default void repeatOfAReplacingBatchReplacesNothing() {
        accepted(claim(Mode.REJECT));
        Batch batch = batch(claim(Mode.REPLACE));
        submit(batch);
        succeed(leaseOne());
        TaskId later = accepted(claim(Mode.REJECT));

        submit(batch);

        assertThat(stateOf(later)).isEqualTo(TaskState.READY);
    }

    @Test
    default void retryByHandTakesTheKeyAgain() {
        TaskId id = accepted(claim(Mode.REJECT));
        bury(leaseOne());

        assertThat(retry(id)).isEqualTo(new Changed(Changed.Result.DONE, TaskState.READY));

        assertThat(submit(claim(Mode.REJECT))).isEqualTo(new UniqueTaken(id));
        succeed(leaseOne());
        accepted(claim(Mode.REJECT));
    }

    @Test
    default void retryByHandIsRefusedWhileAnotherHoldsTheKey() {
        TaskId first = accepted(claim(Mode.REJECT));
        bury(leaseOne());
        TaskId second = accepted(claim(Mode.REJECT));

        assertThat(retry(first)).isEqualTo(new Changed(Changed.Result.UNIQUE_TAKEN, TaskState.DEAD));

        assertThat(leasedIds(10)).containsExactly(second);
    }

    @Test
    default void retryByHandIsDoneOnceTheOtherHolderHasEnded() {
        TaskId first = accepted(claim(Mode.REJECT));
        bury(leaseOne());
        TaskId second = accepted(claim(Mode.REJECT));
        succeed(leaseOne());

        assertThat(retry(first)).isEqualTo(new Changed(Changed.Result.DONE, TaskState.READY));
        assertThat(retry(second)).isEqualTo(new Changed(Changed.Result.UNIQUE_TAKEN, TaskState.SUCCEEDED));
    }

    @Test
    default void keyOfADeletedTaskIsNobodys() {
        TaskId id = accepted(claim(Mode.REJECT));
        succeed(leaseOne());
        tasks().change(List.of(new Change.Delete(id, null)), now());

        accepted(claim(Mode.REJECT));
    }

    private Changed retry(TaskId id) {
        return tasks().change(List.of(new Change.Retry(id, null, null)), now()).getFirst();
    }

    private static TaskBuilder claim(Mode mode) {
        return aTask().unique("key", mode);
    }
}
