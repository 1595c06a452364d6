package dev.millrace.worker;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.Outcome;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a worker takes, and from where. */
interface FetchContract extends StoreFixture {
    default Crewed crewed(Handler... handlers) {
        return new Crewed(Crewed.ports(storage(), clock()), "worker-a", 4, handlers);
    }

    @Test
    default void noMoreIsLeasedThanThereIsRoomFor() {
        submitMany(10, aTask("work"));
        Gate gate = new Gate();
        try (Crewed worker = crewed(Crewed.waiting("work", gate))) {
            worker.fetch(queue());
            worker.fetchNext();
            assertThat(count(TaskState.RUNNING)).isEqualTo(4);
            gate.open();
            while (worker.held.size() > 0) {
                worker.settleNext();
            }
        }
        assertThat(count(TaskState.READY)).isEqualTo(6);
    }

    @Test
    default void queuesShareTheRoom() {
        List<String> queues =
                IntStream.range(0, 4).mapToObj(i -> scene().newQueue()).toList();
        queues.forEach(queue -> IntStream.range(0, 4).forEach(i -> acceptedIn(queue, aTask("work"))));
        Gate gate = new Gate();
        try (Crewed worker = crewed(Crewed.waiting("work", gate))) {
            queues.forEach(worker.inbox::add);
            queues.forEach(queue -> worker.fetchNext());
            List<String> begun = new ArrayList<>();
            worker.held.all().forEach(run -> begun.add(run.task().queue()));
            assertThat(begun).containsExactlyInAnyOrderElementsOf(queues);
            gate.open();
            while (worker.held.size() > 0) {
                worker.settleNext();
            }
        }
    }

    @Test
    default void aPollFindsWhatNobodyAnnounced() {
        accepted(aTask("work"));
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> Outcome.succeeded()))) {
            worker.poll(Crewed.ports(storage(), clock()), queue());
            assertThat(worker.inbox.next()).isEqualTo(queue());
        }
    }

    @Test
    default void aPollComesBackWhenTheNextTaskIsDue() {
        accepted(aTask("work").dueAt(now().plusMillis(300)));
        WorkerStore ports = Crewed.ports(storage(), clock());
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> Outcome.succeeded()))) {
            assertThat(worker.poll(ports, queue()))
                    .isEqualTo(Duration.ofMillis(300).toNanos());
            assertThat(worker.inbox.next()).isNull();
            clock().tickMillis(300);
            worker.poll(ports, queue());
            assertThat(worker.inbox.next()).isEqualTo(queue());
        }
    }

    @Test
    default void aPausedQueueIsLeftAlone() {
        accepted(aTask("work"));
        storage().queues().pause(queue(), true);
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> Outcome.succeeded()))) {
            worker.poll(Crewed.ports(storage(), clock()), queue());
            assertThat(worker.inbox.next()).isNull();
        }
    }
}
