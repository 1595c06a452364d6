package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Lease;
import dev.millrace.task.TaskId;
import dev.millrace.task.Unique;
import dev.millrace.testing.Ear;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told when something happened. */
public interface WakeupsContract extends StoreFixture {
    @Test
    default void submissionIsAnnounced() {
        try (Ear ear = new Ear(storage().wakeups())) {
            accepted(aTask());
            ear.expect("ready " + queue());
        }
    }

    @Test
    default void everyWayBackIntoTheLineIsAnnounced() {
        try (Ear ear = new Ear(storage().wakeups())) {
            TaskId id = accepted(aTask().dueAt(now().plusSeconds(10)));
            ear.forget();
            clock().tickSeconds(10);
            tidy();
            ear.expect("ready " + queue());
            release(leaseOne());
            ear.expect("ready " + queue());
            loseLease(leaseOne());
            ear.expect("ready " + queue());
            retryAt(leaseOne(), now().plusSeconds(60));
            ear.forget();
            tasks().change(List.of(new Change.RunNow(id, null)), now());
            ear.expect("ready " + queue());
            succeed(leaseOne());
            ear.forget();
            tasks().change(List.of(new Change.Retry(id, null, null)), now());
            ear.expect("ready " + queue());
            storage().queues().pause(queue(), true);
            ear.forget();
            storage().queues().pause(queue(), false);
            ear.expect("ready " + queue());
        }
    }

    @Test
    default void cancelOfARunningTaskIsAnnouncedUnderItsServersId() {
        try (Ear ear = new Ear(storage().wakeups())) {
            Batch batch = batch(aTask().named(own("stop")));
            submit(batch);
            leaseOne();
            tasks().change(List.of(new Change.Cancel(new TaskId(own("stop")), null)), now());

            ear.expect("cancelled " + batch.id().at(0));
        }
    }

    @Test
    default void everyEndOfAnAwaitedTaskIsAnnouncedUnderItsServersId() {
        try (Ear ear = new Ear(storage().wakeups())) {
            succeed(leaseOf(ear, aTask().named(own("await"))));
            ear.expectEnd();
            bury(leaseOf(ear, aTask()));
            ear.expectEnd();
            Lease cancelled = leaseOf(ear, aTask());
            tasks().change(List.of(new Change.Cancel(cancelled.token().task(), null)), now());
            ear.expectEnd();
            Batch expiring = batch(aTask().awaited().expiringAt(now().plusSeconds(1)));
            submit(expiring);
            clock().tickSeconds(2);
            tidy();
            ear.expect("ended " + expiring.id().at(0));
            leaseOf(ear, aTask());
            for (int i = 0; i < 2; i++) {
                clock().tick(LEASE.plusMillis(1));
                leaseOne();
            }
            clock().tick(LEASE.plusMillis(1));
            tidy();
            ear.expectEnd();
        }
    }

    @Test
    default void replacedTaskThatIsAwaitedIsAnnounced() {
        try (Ear ear = new Ear(storage().wakeups())) {
            Batch first = batch(aTask().awaited().unique("k", Unique.Mode.REJECT));
            submit(first);
            submit(aTask().unique("k", Unique.Mode.REPLACE));

            ear.expect("ended " + first.id().at(0));
        }
    }

    @Test
    default void lateCompletionOfAnAwaitedTaskIsAnnounced() {
        try (Ear ear = new Ear(storage().wakeups())) {
            Lease lease = leaseOf(ear, aTask());
            loseLease(lease);
            succeed(lease);

            ear.expectEnd();
        }
    }

    @Test
    default void endOfATaskThatNobodyAwaitsIsNotAnnounced() {
        try (Ear ear = new Ear(storage().wakeups())) {
            TaskId quiet = accepted(aTask());
            succeed(leaseOne());
            succeed(leaseOf(ear, aTask()));

            assertThat(ear.expectEnd()).doesNotContain("ended " + quiet);
        }
    }

    @Test
    default void everySubscriberHearsUntilItCloses() {
        try (Ear first = new Ear(storage().wakeups());
                Ear second = new Ear(storage().wakeups())) {
            accepted(aTask());
            first.expect("ready " + queue());
            second.expect("ready " + queue());
            first.leave();
            first.forget();
            String other = scene().newQueue();
            acceptedIn(other, aTask());

            second.expect("ready " + other);
            assertThat(first.heard()).doesNotContain("ready " + other);
        }
    }

    private Lease leaseOf(Ear ear, TaskBuilder task) {
        Batch batch = batch(task.awaited());
        submit(batch);
        ear.awaits(batch.id().at(0));
        return leaseOne();
    }
}
