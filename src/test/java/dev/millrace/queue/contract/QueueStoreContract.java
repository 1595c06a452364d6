package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Kept;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.Settled;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Backoff;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The queues themselves. */
public interface QueueStoreContract extends States {
    @Test
    default void queueKeepsItsNumber() {
        int number = queues().open(queue(), now());

        assertThat(number).isBetween(0, BatchId.QUEUES - 1);
        assertThat(queues().open(queue(), now())).isEqualTo(number);
        accepted(aTask());
        assertThat(queues().open(queue(), now())).isEqualTo(number);
        assertThat(snapshot().number()).isEqualTo(number);
        assertThat(queues().names()).containsEntry(queue(), number);
    }

    @Test
    default void everyQueueHasItsOwnNumber() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            numbers.add(queues().open(scene().newQueue(), now()));
        }

        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    default void mostRecentlyUsedQueueComesFirst() {
        List<String> queues = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String queue = scene().newQueue();
            queues.addFirst(queue);
            clock().tick(Duration.ofMinutes(3));
            acceptedIn(queue, aTask());
        }
        assertThat(mine(queues)).isEqualTo(queues);

        clock().tick(Duration.ofMinutes(3));
        String last = queues.removeLast();
        acceptedIn(last, aTask());
        queues.addFirst(last);

        assertThat(mine(queues)).isEqualTo(queues);
        QueueSnapshot snapshot = queues().find(last, now()).orElseThrow();
        assertThat(Duration.between(snapshot.lastUsedAt(), now()).abs()).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    default void queueThatDoesNotExistIsNotFound() {
        String nowhere = scene().newQueue();

        assertThat(queues().find(nowhere, now())).isEmpty();
        assertThat(queues().pause(nowhere, true)).isFalse();
        assertThat(queues().configure(nowhere, QueueConfig.DEFAULT)).isFalse();
        assertThat(queues().delete(nowhere, false)).isEqualTo(QueueStore.Deleted.NOT_FOUND);
        assertThat(queues().delete(nowhere, true)).isEqualTo(QueueStore.Deleted.NOT_FOUND);
        assertThat(queues().findAll(List.of(nowhere), now())).isEmpty();
        assertThat(queues().names()).doesNotContainKey(nowhere);
    }

    @Test
    default void newQueueHasTheDefaultSettings() {
        queues().open(queue(), now());

        assertThat(snapshot().config()).isEqualTo(QueueConfig.DEFAULT);
        assertThat(snapshot().paused()).isFalse();
        assertThat(snapshot().name()).isEqualTo(queue());
    }

    @Test
    default void settingsComeBackAsTheyWereSet() {
        queues().open(queue(), now());
        Backoff backoff =
                new Backoff(Backoff.Kind.LINEAR, Duration.ofMillis(1), 9.75, Duration.ofDays(2), Backoff.Jitter.EQUAL);
        TaskOptions options = new TaskOptions(
                9,
                Duration.ofMillis(1),
                Duration.ofDays(40),
                Duration.ofHours(12),
                100,
                backoff,
                Duration.ofSeconds(1));
        Retention retention = new Retention(
                new Kept(Duration.ofMillis(5), 0L, Long.MAX_VALUE),
                new Kept(Duration.ofDays(999), null, 3L),
                new Kept(Duration.ZERO, 4L, null),
                Kept.of(Duration.ofMillis(1)),
                Duration.ofSeconds(7));
        RateLimit rate = new RateLimit(7, Duration.ofMillis(1_500), 3L);
        QueueConfig config = new QueueConfig(Long.MAX_VALUE, Long.MAX_VALUE, 9L, rate, options, retention);

        assertThat(queues().configure(queue(), config)).isTrue();
        assertThat(snapshot().config()).isEqualTo(config);

        QueueConfig sparse =
                new QueueConfig(null, new TaskOptions(0, null, null, null, null, null, null), Retention.DEFAULT);
        assertThat(queues().configure(queue(), sparse)).isTrue();
        assertThat(snapshot().config()).isEqualTo(sparse);
        assertThat(queues().configure(queue(), QueueConfig.DEFAULT)).isTrue();
        assertThat(snapshot().config()).isEqualTo(QueueConfig.DEFAULT);
    }

    @Test
    default void ofItsRetentionAQueueSaysWhatItWasToldAlsoWhatIsUsual() {
        queues().open(queue(), now());
        Kept dead = new Kept(Retention.DEFAULT.dead().age(), 9L, null);
        Kept expired = new Kept(null, null, Retention.DEFAULT.expired().bytes());
        Retention own = new Retention(Kept.USUAL, dead, Kept.USUAL, expired, null);

        queues().configure(queue(), new QueueConfig(null, TaskOptions.NONE, own));

        assertThat(snapshot().config().retention()).isEqualTo(own);
        assertThat(snapshot().retention())
                .isEqualTo(Retention.of(
                        state -> state == TaskState.DEAD ? dead : Retention.DEFAULT.of(state),
                        Retention.DEFAULT.dedupe()));
    }

    @Test
    default void settingsDoNotTouchTasksNorPause() {
        accepted(aTask());
        queues().pause(queue(), true);
        queues().configure(queue(), new QueueConfig(7L, TaskOptions.NONE, Retention.DEFAULT));

        assertThat(snapshot().paused()).isTrue();
        assertThat(count(TaskState.READY)).isEqualTo(1);
        assertThat(queues().pause(queue(), true)).isTrue();
        assertThat(queues().pause(queue(), false)).isTrue();
        assertThat(snapshot().paused()).isFalse();
        assertThat(snapshot().config().maxDepth()).isEqualTo(7);
    }

    @Test
    default void snapshotsOfManyQueuesComeAtOnce() {
        List<String> asked = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            String queue = scene().newQueue();
            for (int n = 0; n < i; n++) {
                acceptedIn(queue, aTask());
            }
            asked.add(queue);
        }
        asked.add(scene().newQueue());

        List<QueueSnapshot> snapshots = queues().findAll(asked, now());

        assertThat(snapshots).extracting(QueueSnapshot::name).containsExactlyInAnyOrderElementsOf(asked.subList(0, 5));
        for (QueueSnapshot snapshot : snapshots) {
            assertThat(snapshot).isEqualTo(queues().find(snapshot.name(), now()).orElseThrow());
            assertThat(snapshot.count(TaskState.READY)).isEqualTo(asked.indexOf(snapshot.name()) + 1);
        }
        assertThat(queues().findAll(List.of(), now())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"SCHEDULED", "READY", "RUNNING"})
    default void queueWithALiveTaskIsNotDeleted(TaskState state) {
        TaskId id = taskIn(state);

        assertThat(queues().delete(queue(), false)).isEqualTo(QueueStore.Deleted.NOT_EMPTY);

        assertThat(stateOf(id)).isEqualTo(state);
    }

    @Test
    default void queueOfEndedTasksIsDeletedWithThem() {
        List<TaskId> ids = new ArrayList<>();
        for (TaskState state : TaskState.values()) {
            if (state.terminal()) {
                ids.add(taskIn(state));
            }
        }

        assertThat(queues().delete(queue(), false)).isEqualTo(QueueStore.Deleted.DONE);

        assertThat(tasks().find(ids, true)).isEmpty();
        assertThat(queues().find(queue(), now())).isEmpty();
        assertThat(queues().names()).doesNotContainKey(queue());
        assertThat(queues().delete(queue(), false)).isEqualTo(QueueStore.Deleted.NOT_FOUND);
    }

    @Test
    default void forcedDeletionTakesEverything() {
        TaskId scheduled = accepted(aTask().dueAt(now().plusSeconds(60)));
        TaskId named = accepted(aTask().named(own("n")));
        Lease lease = leaseOne();
        TaskId ready = accepted(aTask());

        assertThat(queues().delete(queue(), true)).isEqualTo(QueueStore.Deleted.DONE);

        assertThat(tasks().find(List.of(scheduled, named, ready), true)).isEmpty();
        assertThat(succeed(lease).result()).isEqualTo(Settled.Result.UNKNOWN);
        assertThat(lease(10)).isEmpty();
        clock().tickSeconds(61);
        assertThat(tidy()).isZero();
    }

    @Test
    default void queueMayComeBackAfterItsDeletion() {
        TaskId former = accepted(aTask());
        queues().configure(queue(), new QueueConfig(1L, TaskOptions.NONE, Retention.DEFAULT));
        queues().pause(queue(), true);
        queues().delete(queue(), true);

        TaskId id = accepted(aTask());

        assertThat(snapshot().config()).isEqualTo(QueueConfig.DEFAULT);
        assertThat(snapshot().paused()).isFalse();
        assertThat(exists(former)).isFalse();
        assertThat(leasedIds(10)).containsExactly(id);
        assertThat(count(TaskState.RUNNING)).isEqualTo(1);
    }

    @Test
    default void tasksUnderTheNumberOfADeletedQueueAreRefused() {
        Batch late = batch(aTask(), aTask().named(own("n")));
        queues().delete(queue(), true);

        assertThatThrownBy(() -> submit(late))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_NOT_FOUND));
        accepted(aTask());
        assertThatThrownBy(() -> submit(late)).isInstanceOf(MillraceException.class);

        assertThat(count(TaskState.READY)).isEqualTo(1);
        assertThat(accepted(aTask().named(own("n")))).isEqualTo(new TaskId(own("n")));
    }

    @Test
    default void deletionLeavesOtherQueuesAlone() {
        TaskId here = accepted(aTask());
        String other = scene().newQueue();
        acceptedIn(other, aTask());

        queues().delete(other, true);

        assertThat(stateOf(here)).isEqualTo(TaskState.READY);
        assertThat(tasks().lease(new LeaseRequest(other, 1, LEASE, "w", Lanes.ALL_TYPES), now()))
                .isEmpty();
    }

    private QueueStore queues() {
        return storage().queues();
    }

    private List<String> mine(List<String> queues) {
        return queues().names().keySet().stream().filter(queues::contains).toList();
    }
}
