package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long what has ended is kept. */
public interface PruneContract extends Prunes {
    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"SUCCEEDED", "CANCELLED", "EXPIRED"})
    default void endedTaskIsKeptForItsAge(TaskState state) {
        TaskId id = taskIn(state);
        clock().tick(Duration.ofHours(24).minusSeconds(1));
        assertThat(pruned()).isZero();
        assertThat(exists(id)).isTrue();

        clock().tickSeconds(2);

        assertThat(pruned()).isPositive();
        assertThat(exists(id)).isFalse();
        assertThat(count(state)).isZero();
        assertThat(snapshot().keptBytes()).isZero();
        assertThat(pruned()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"SCHEDULED", "READY", "RUNNING"})
    default void liveTaskIsKeptForever(TaskState state) {
        TaskId id = taskIn(state);
        Kept none = new Kept(Duration.ZERO, 0L, 0L);
        retain(Retention.alike(none, none, Duration.ZERO));
        clock().tick(Duration.ofDays(400));

        assertThat(pruned()).isZero();
        assertThat(stateOf(id)).isEqualTo(state);
    }

    @Test
    default void deadTasksGoByAgeAloneUnlessTheirQueueSaysMore() {
        retain(Retention.alike(
                new Kept(Duration.ofSeconds(1), 0L, 0L), Retention.DEFAULT.dead(), Duration.ofHours(24)));
        TaskId id = taskIn(TaskState.DEAD);
        clock().tick(Duration.ofDays(30).minusSeconds(1));
        pruned();
        assertThat(stateOf(id)).isEqualTo(TaskState.DEAD);

        clock().tickSeconds(2);
        assertThat(pruned()).isPositive();
        assertThat(exists(id)).isFalse();
        assertThat(count(TaskState.DEAD)).isZero();
    }

    @Test
    default void taskMayBeKeptShorterThanItsQueueSays() {
        TaskId brief = taskIn(TaskState.SUCCEEDED, aTask().keptFor(Duration.ofSeconds(10)));
        TaskId usual = taskIn(TaskState.SUCCEEDED);
        clock().tickSeconds(9);
        assertThat(pruned()).isZero();
        clock().tickSeconds(2);
        pruned();

        assertThat(exists(brief)).isFalse();
        assertThat(exists(usual)).isTrue();
    }

    @Test
    default void taskMayBeKeptLongerThanItsQueueSays() {
        TaskId longer = taskIn(TaskState.SUCCEEDED, aTask().keptFor(Duration.ofDays(3)));
        TaskId usual = taskIn(TaskState.SUCCEEDED);
        clock().tick(Duration.ofDays(3).minusSeconds(1));
        pruned();
        assertThat(exists(longer)).isTrue();
        assertThat(exists(usual)).isFalse();

        clock().tickSeconds(2);
        pruned();
        assertThat(exists(longer)).isFalse();
    }

    @Test
    default void deadTaskMayHaveItsOwnTimeToo() {
        TaskId id = taskIn(TaskState.DEAD, aTask().keptFor(Duration.ofHours(1)));
        clock().tick(Duration.ofMinutes(59));
        pruned();
        assertThat(exists(id)).isTrue();
        clock().tick(Duration.ofMinutes(2));
        pruned();
        assertThat(exists(id)).isFalse();
    }

    @Test
    default void retriedTaskIsNotPrunedForItsFormerEnd() {
        TaskId id = taskIn(TaskState.SUCCEEDED, aTask().keptFor(Duration.ofSeconds(10)));
        tasks().change(List.of(new Change.Retry(id, null, null)), now());
        clock().tick(Duration.ofDays(2));
        pruned();
        assertThat(stateOf(id)).isEqualTo(TaskState.READY);

        succeed(leaseOne());
        clock().tickSeconds(9);
        pruned();
        assertThat(exists(id)).isTrue();
        clock().tickSeconds(2);
        pruned();
        assertThat(exists(id)).isFalse();
    }

    @Test
    default void ageCountsFromTheLastEnd() {
        TaskId id = taskIn(TaskState.SUCCEEDED);
        clock().tick(Duration.ofHours(20));
        tasks().change(List.of(new Change.Retry(id, null, null)), now());
        succeed(leaseOne());
        clock().tick(Duration.ofHours(23));
        pruned();
        assertThat(exists(id)).isTrue();
        clock().tick(Duration.ofHours(2));
        pruned();
        assertThat(exists(id)).isFalse();
    }

    @Test
    default void pruningGoesInSlices() {
        submitMany(450, aTask());
        lease(450).forEach(this::succeed);
        clock().tick(Duration.ofHours(25));

        int first = tasks().prune(queue(), 100, now());

        assertThat(first).isBetween(100, 200);
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(450 - first);
        assertThat(first + pruned()).isGreaterThanOrEqualTo(450);
        assertThat(count(TaskState.SUCCEEDED)).isZero();
    }

    @Test
    default void neighboursInABatchArePrunedEachInItsTime() {
        var batch = batch(aTask(), aTask(), aTask());
        submit(batch);
        succeed(leaseOne());
        clock().tick(Duration.ofHours(20));
        succeed(leaseOne());
        clock().tick(Duration.ofHours(5));
        pruned();

        assertThat(exists(batch.id().at(0))).isFalse();
        assertThat(stateOf(batch.id().at(1))).isEqualTo(TaskState.SUCCEEDED);
        assertThat(stateOf(batch.id().at(2))).isEqualTo(TaskState.READY);
        assertThat(find(batch.id().at(2)).spec()).isEqualTo(batch.tasks().get(2).spec());
    }

    @Test
    default void queueThatDoesNotExistNeedsNoUpkeep() {
        String nowhere = scene().newQueue();

        assertThat(tasks().prune(nowhere, 100, now())).isZero();
        assertThat(tasks().tidy(nowhere, 100, now())).isZero();
    }
}
