package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.Submitted.KeyReused;
import dev.millrace.queue.Submitted.NameTaken;
import dev.millrace.queue.Submitted.Repeated;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Cause;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long names and dedupe keys stay known. */
public interface DedupeWindowContract extends StoreFixture {
    /** After the end, by default. */
    Duration WINDOW = Duration.ofHours(24);

    @Test
    default void nameAndKeyStayKnownForTheWindowAfterTheEnd() {
        TaskId id = accepted(aTask().named(own("order-1")).withKey("key-1"));
        clock().tick(WINDOW.multipliedBy(3));
        prune();
        assertThat(submit(aTask().named(own("order-1")))).isEqualTo(new Repeated(id));
        succeed(leaseOne());

        clock().tick(WINDOW.minusSeconds(1));
        prune();

        assertThat(submit(aTask().named(own("order-1")))).isEqualTo(new Repeated(id));
        assertThat(submit(aTask().withKey("key-1"))).isEqualTo(new Repeated(id));
        assertThat(submit(aTask().named(own("order-1")).withFingerprint(2))).isEqualTo(new NameTaken(id));
        assertThat(submit(aTask().withKey("key-1").withFingerprint(2))).isEqualTo(new KeyReused(id));
    }

    @Test
    default void nameAndKeyStayKnownWhenTheTaskWasPrunedBeforeTheWindowEnded() {
        TaskId id = accepted(aTask().named(own("order-1")).withKey("key-1").keptFor(Duration.ofSeconds(1)));
        succeed(leaseOne());
        clock().tick(Duration.ofHours(2));
        pruneAll();
        assertThat(exists(id)).isFalse();

        TaskBuilder sameName = aTask().named(own("order-1")).keptFor(Duration.ofSeconds(1));
        TaskBuilder sameKey = aTask().withKey("key-1").keptFor(Duration.ofSeconds(1));
        assertThat(submit(sameName)).isEqualTo(new Repeated(id));
        assertThat(submit(sameKey)).isEqualTo(new Repeated(id));
        clock().tick(Duration.ofHours(2));
        pruneAll();
        assertThat(submit(sameName.withFingerprint(2))).isEqualTo(new NameTaken(id));
        assertThat(submit(sameKey.withFingerprint(2))).isEqualTo(new KeyReused(id));
        assertThat(exists(id)).isFalse();
    }

    @Test
    default void nameLeadsToItsTaskHoweverShortTheWindowIs() {
        TaskId id = accepted(aTask().named(own("order-1")).withKey("key-1"));
        Retention brief = Retention.of(Retention.DEFAULT::of, Duration.ofSeconds(1));
        storage().queues().configure(queue(), new QueueConfig(null, TaskOptions.NONE, brief));
        succeed(leaseOne());
        clock().tick(Duration.ofHours(1));
        pruneAll();

        assertThat(find(id).id()).isEqualTo(id);
        assertThat(submit(aTask().named(own("order-1")))).isEqualTo(new Repeated(id));
        clock().tick(Duration.ofHours(24));
        pruneAll();
        assertThat(exists(id)).isFalse();
        accepted(aTask("other").named(own("order-1")).withKey("key-1"));
    }

    @Test
    default void nameAndKeyStayKnownWhenTheTaskWasDeleted() {
        TaskId id = accepted(aTask().named(own("order-1")).withKey("key-1"));
        succeed(leaseOne());
        tasks().change(List.of(new Change.Delete(id, null)), now());

        assertThat(submit(aTask().named(own("order-1")))).isEqualTo(new Repeated(id));
        assertThat(submit(aTask().withKey("key-1"))).isEqualTo(new Repeated(id));
        assertThat(exists(id)).isFalse();
        assertThat(lease(10)).isEmpty();
    }

    @Test
    default void nameAndKeyAreFreeAgainAfterTheWindow() {
        TaskId id = accepted(aTask().named(own("order-1")).withKey("key-1"));
        succeed(leaseOne());
        clock().tick(WINDOW.plusSeconds(1));
        pruneAll();

        assertThat(exists(id)).isFalse();
        assertThat(accepted(aTask("other").named(own("order-1")))).isEqualTo(id);
        accepted(aTask("other").withKey("key-1"));
        assertThat(find(id).spec().type()).isEqualTo("other");
        assertThat(causes(id)).containsExactly(Cause.SUBMITTED);
    }

    @Test
    default void nameOfADeadTaskStaysKnownWhileTheTaskIsThere() {
        TaskId id = accepted(aTask().named(own("order-1")));
        bury(leaseOne());
        clock().tick(WINDOW.plusSeconds(1));
        pruneAll();

        assertThat(stateOf(id)).isEqualTo(TaskState.DEAD);
        assertThat(submit(aTask().named(own("order-1")))).isEqualTo(new Repeated(id));
    }

    @Test
    default void nameOfATaskThatWasRetriedStaysKnownUntilItsSecondEnd() {
        TaskId id = accepted(aTask().named(own("order-1")).withKey("key-1"));
        succeed(leaseOne());
        clock().tick(Duration.ofHours(1));
        tasks().change(List.of(new Change.Retry(id, null, null)), now());
        clock().tick(WINDOW.multipliedBy(2));
        pruneAll();

        assertThat(submit(aTask().named(own("order-1")))).isEqualTo(new Repeated(id));
        assertThat(submit(aTask().withKey("key-1"))).isEqualTo(new Repeated(id));
        succeed(leaseOne());
        clock().tick(WINDOW.minusSeconds(1));
        pruneAll();
        assertThat(submit(aTask().named(own("order-1")))).isEqualTo(new Repeated(id));
    }

    private void pruneAll() {
        for (int i = 0; i < 100 && prune() > 0; i++) {
            assertThat(i).as("rounds of pruning").isLessThan(99);
        }
    }
}
