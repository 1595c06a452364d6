package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task's history is whole and in order, however it went. */
public interface HistoryContract extends StoreFixture {
    @Test
    default void smoothLifeIsToldInThreeLines() {
        TaskId id = accepted(aTask());
        Instant submitted = now();
        Instant started = clock().tickSeconds(1);
        Lease lease = leaseOne();
        Instant ended = clock().tickSeconds(1);
        succeed(lease);

        assertThat(history(id))
                .containsExactly(
                        new Event(submitted, TaskState.READY, Cause.SUBMITTED, 0, null, null),
                        new Event(started, TaskState.RUNNING, Cause.LEASED, 1, "worker-1", null),
                        new Event(ended, TaskState.SUCCEEDED, Cause.COMPLETED, 1, "worker-1", null));
    }

    @Test
    default void delayedLifeIsToldWithItsDelay() {
        Instant submitted = now();
        TaskId id = accepted(aTask().dueAt(now().plusSeconds(10)));
        clock().tickSeconds(10);
        tidy();
        Instant due = now();
        clock().tickSeconds(1);
        succeed(leaseOne());

        assertThat(history(id))
                .containsExactly(
                        new Event(submitted, TaskState.SCHEDULED, Cause.SUBMITTED, 0, null, null),
                        new Event(due, TaskState.READY, Cause.DUE, 0, null, null),
                        new Event(now(), TaskState.RUNNING, Cause.LEASED, 1, "worker-1", null),
                        new Event(now(), TaskState.SUCCEEDED, Cause.COMPLETED, 1, "worker-1", null));
    }

    @Test
    default void taskThatWasDueBeforeItCameIntoTheStoreWasNeverScheduled() {
        Batch late = batchFor(
                queue(),
                aTask().dueAt(now().plusSeconds(10)),
                aTask().dueAt(now().plusSeconds(10)).expiringAt(now().plusSeconds(5)),
                aTask("other").dueAt(now().plusSeconds(10)));
        clock().tickSeconds(20);
        submit(late);
        tidy();
        tasks().change(List.of(new Change.Cancel(late.id().at(2), null)), now());

        for (int i = 0; i < 3; i++) {
            assertThat(history(late.id().at(i)))
                    .extracting(Event::state)
                    .startsWith(TaskState.READY)
                    .doesNotContain(TaskState.SCHEDULED);
        }
    }

    @Test
    default void everyTurnOfALifeIsTold() {
        TaskId id = accepted(aTask().dueAt(now().plusSeconds(3600)));
        step(() -> tasks().change(List.of(new Change.RunNow(id, null)), now()));
        step(() -> retryAt(leaseOne(), now().plusSeconds(1)));
        step(this::tidy);
        step(() -> release(leaseOne()));
        step(() -> loseLease(leaseOne()));
        step(() -> bury(leaseOne()));
        step(() -> tasks().change(List.of(new Change.Retry(id, null, null)), now()));
        step(() -> succeed(leaseOne()));
        step(() -> tasks().change(List.of(new Change.Retry(id, null, null)), now()));
        step(() -> tasks().change(List.of(new Change.Cancel(id, null)), now()));

        assertThat(turns(history(id)))
                .containsExactly(
                        "submitted>SCHEDULED@0",
                        "run-now>READY@0",
                        "leased>RUNNING@1",
                        "failed>SCHEDULED@1",
                        "due>READY@1",
                        "leased>RUNNING@2",
                        "released>READY@2",
                        "leased>RUNNING@2",
                        "lease-expired>READY@2",
                        "leased>RUNNING@2",
                        "failed>DEAD@2",
                        "manual-retry>READY@0",
                        "leased>RUNNING@1",
                        "completed>SUCCEEDED@1",
                        "manual-retry>READY@0",
                        "cancelled>CANCELLED@0");
    }

    @Test
    default void lateCompletionIsToldAfterTheExpiry() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        loseLease(lease);
        clock().tickSeconds(1);
        succeed(lease);

        assertThat(causes(id)).containsExactly(Cause.SUBMITTED, Cause.LEASED, Cause.LEASE_EXPIRED, Cause.COMPLETED);
        assertThat(history(id).getLast().at()).isEqualTo(now());
        assertThat(history(id).getLast().worker()).isEqualTo("worker-1");
    }

    @Test
    default void everyRunTellsItsWorker() {
        TaskId id = accepted(aTask());
        for (String worker : List.of("ada", "bob", "cy")) {
            Lease lease = tasks().lease(new LeaseRequest(queue(), 1, LEASE, worker, Lanes.ALL_TYPES), now())
                    .getFirst();
            release(lease);
            clock().tickSeconds(1);
        }

        assertThat(history(id).stream().filter(e -> e.cause() == Cause.LEASED).map(Event::worker))
                .containsExactly("ada", "bob", "cy");
        assertThat(find(id).status().worker()).isEqualTo("cy");
    }

    @Test
    default void failureTellsItsMessage() {
        TaskId id = accepted(aTask());
        retryAt(leaseOne(), now().plusSeconds(1));

        assertThat(history(id).getLast().message()).contains(ERROR.message());
    }

    @Test
    default void firstAndLastFiftyTurnsOfALongLifeAreKept() {
        TaskId id = accepted(aTask());
        List<String> all = new ArrayList<>();
        all.add("submitted>READY@0");
        for (int attempt = 1; attempt <= 70; attempt++) {
            clock().tickSeconds(1);
            retryAt(leaseOne(), now());
            tidy();
            all.addAll(List.of("leased>RUNNING@" + attempt, "failed>SCHEDULED@" + attempt, "due>READY@" + attempt));
        }
        leaseOne();
        all.add("leased>RUNNING@71");

        List<String> kept = turns(history(id));

        assertThat(kept).hasSize(2 * Event.KEPT_EACH_END);
        assertThat(kept.subList(0, 50)).isEqualTo(all.subList(0, 50));
        assertThat(kept.subList(50, 100)).isEqualTo(all.subList(all.size() - 50, all.size()));
    }

    @Test
    default void historyIsWholeUpToAHundredTurns() {
        TaskId id = accepted(aTask());
        for (int i = 0; i < 49; i++) {
            release(leaseOne());
        }
        assertThat(history(id)).hasSize(99);
        leaseOne();
        assertThat(history(id)).hasSize(100);
        assertThat(causes(id).get(49)).isEqualTo(Cause.LEASED);
        assertThat(causes(id).get(50)).isEqualTo(Cause.RELEASED);
    }

    @Test
    default void historyIsForTheWholeTaskAlone() {
        TaskId id = accepted(aTask());
        retryAt(leaseOne(), now());

        assertThat(tasks().find(List.of(id), false).get(id).details().history()).isEmpty();
        assertThat(tasks().find(List.of(id), false).get(id).details().error()).isEqualTo(ERROR);
    }

    private void step(Runnable turn) {
        turn.run();
        clock().tickSeconds(1);
    }

    private List<Event> history(TaskId id) {
        return find(id).details().history();
    }

    private static List<String> turns(List<Event> history) {
        return history.stream()
                .map(e -> e.cause().wire() + ">" + e.state() + "@" + e.attempt())
                .toList();
    }
}
