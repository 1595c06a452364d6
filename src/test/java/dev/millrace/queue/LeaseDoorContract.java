package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.BatchId;
import dev.millrace.task.Outcome;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.LogLines;
import dev.millrace.testing.Outage;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the door for workers promises, on a real store. */
interface LeaseDoorContract extends Doors {
    @Test
    default void aWaitingCallGetsATaskThatComesLater() throws Exception {
        LeaseDesk desk = desk();
        PendingLease pending = desk.ask(call(5, PATIENCE));
        while (desk.waiting() == 0) {
            Thread.onSpinWait();
        }
        TaskId id = accepted(TaskBuilder.aTask());
        assertThat(Doors.get(pending.leases())).extracting(l -> l.task().id()).containsExactly(id);
        desk.close();
    }

    @Test
    @Timeout(30)
    default void aCallThatFindsNothingAnswersEmptyWhenItsPatienceIsOver() throws Exception {
        LeaseDesk desk = desk();
        assertThat(Doors.get(desk.ask(call(1, Duration.ofMillis(50))).leases())).isEmpty();
        assertThat(Doors.get(desk.ask(call(1, Duration.ZERO)).leases())).isEmpty();
        while (desk.waiting() > 0) {
            Thread.onSpinWait();
        }
        desk.close();
    }

    @Test
    default void aCallerThatWentAwayTakesNoTaskWithIt() throws Exception {
        LeaseDesk desk = desk();
        PendingLease gone = desk.ask(call(1, PATIENCE));
        gone.cancel();
        TaskId id = accepted(TaskBuilder.aTask());
        PendingLease stays = desk.ask(call(1, PATIENCE));
        assertThat(Doors.get(stays.leases())).extracting(l -> l.task().id()).containsExactly(id);
        assertThat(Doors.get(gone.leases())).isEmpty();
        desk.close();
    }

    @Test
    default void callsOfTypesThatDoNotComeDoNotHoldUpOthers() throws Exception {
        LeaseDesk desk = desk();
        PendingLease other = desk.ask(call(1, PATIENCE, "other"));
        while (desk.waiting() == 0) {
            Thread.onSpinWait();
        }
        PendingLease wanted = desk.ask(call(1, PATIENCE, "wanted"));
        TaskId id = accepted(TaskBuilder.aTask("wanted"));
        assertThat(Doors.get(wanted.leases())).extracting(l -> l.task().id()).containsExactly(id);
        other.cancel();
        desk.close();
    }

    @Test
    default void queueAmongSeveralThatFailsIsToldOnceAndOnceWhenItWorksAgain() throws Exception {
        Outage outage = new Outage();
        LeaseDesk desk =
                new LeaseDesk(outage.around(storage()).tasks(), storage().wakeups(), clock());
        String broken = scene().newQueue();
        storage().queues().open(broken, now());
        LeaseCall both = new LeaseCall(List.of(queue(), broken), 5, LEASE, Duration.ZERO, "puller", Lanes.ALL_TYPES);
        try (LogLines log = LogLines.of(LeaseDesk.class)) {
            for (int round = 0; round < 2; round++) {
                accepted(TaskBuilder.aTask());
                outage.breakAfter("lease", 1);
                assertThat(Doors.get(desk.ask(both).leases())).hasSize(1);
            }
            assertThat(log.levels()).containsExactly("ERROR");
            assertThat(Doors.get(desk.ask(both).leases())).isEmpty();
            assertThat(Doors.get(desk.ask(both).leases())).isEmpty();
            assertThat(log.levels()).containsExactly("ERROR", "INFO");
        }
        desk.close();
    }

    @Test
    default void severalQueuesAreServedInTheOrderOfPreference() throws Exception {
        LeaseDesk desk = desk();
        String second = scene().newQueue();
        TaskId later = acceptedIn(second, TaskBuilder.aTask());
        TaskId first = accepted(TaskBuilder.aTask());
        LeaseCall both = new LeaseCall(List.of(queue(), second), 5, LEASE, Duration.ZERO, "puller", Lanes.ALL_TYPES);
        assertThat(Doors.get(desk.ask(both).leases()))
                .extracting(l -> l.task().id())
                .containsExactly(first, later);
        desk.close();
    }

    @Test
    default void failuresFollowTheRetryPolicyOfTheirTasks() throws Exception {
        LeaseDesk desk = desk();
        Leases door = new Leases(tasks(), desk, clock(), TaskTally.DEAF);
        accepted(TaskBuilder.aTask());
        Lease lease = leaseOne();
        List<Settled> settled = door.settle(List.of(new Answer(lease.token(), Outcome.failed("Boom", "it broke"))));
        assertThat(settled.getFirst().state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(find(lease.task().id()).status().times().runAt()).isEqualTo(now().plusSeconds(30));
        desk.close();
    }

    @Test
    default void anAnswerForATaskThatIsGoneIsUnknownAndHoldsUpNoOther() throws Exception {
        LeaseDesk desk = desk();
        Leases door = new Leases(tasks(), desk, clock(), TaskTally.DEAF);
        TaskId id = accepted(TaskBuilder.aTask());
        Lease lease = leaseOne();
        LeaseToken gone = new LeaseToken(
                BatchId.make(now(), storage().queues().open(queue(), now()), new java.util.Random(3))
                        .at(0),
                1);
        List<Settled> settled = door.settle(
                List.of(new Answer(gone, Outcome.failed("Boom", "")), new Answer(lease.token(), Outcome.succeeded())));
        assertThat(settled).extracting(Settled::result).containsExactly(Settled.Result.UNKNOWN, Settled.Result.DONE);
        assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
        desk.close();
    }
}
