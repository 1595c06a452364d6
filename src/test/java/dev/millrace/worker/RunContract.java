package dev.millrace.worker;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.queue.Change;
import dev.millrace.task.Backoff;
import dev.millrace.task.Cause;
import dev.millrace.task.LogLine;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Outage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a task between its lease and its end, step by step. */
interface RunContract extends FetchContract {
    @Test
    default void aHandlersOutcomeIsTheTasks() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        try (Crewed worker = crewed(Crewed.waiting("work", gate))) {
            worker.fetch(queue());
            assertThat(gate.awaitBegan().attempt().number()).isEqualTo(1);
            gate.open();
            worker.settleNext();
            assertThat(worker.held.size()).isZero();
        }
        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.details().result()).isEqualTo(Payload.of("\"through the gate\""));
        assertThat(task.status().worker()).isEqualTo("worker-a");
    }

    @Test
    default void aHandlerThatThrowsFailsRetryable() {
        TaskId id = accepted(aTask("work"));
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> {
            throw new IllegalStateException("no such mailbox");
        }))) {
            worker.fetch(queue());
            worker.settleNext();
        }
        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(task.status().times().runAt()).isEqualTo(now().plus(Backoff.DEFAULT.base()));
        assertThat(task.details().error().type()).isEqualTo("IllegalStateException");
        assertThat(task.details().error().message()).isEqualTo("no such mailbox");
    }

    @Test
    default void anErrorThatIsNoExceptionFailsTheAttemptToo() {
        TaskId id = accepted(aTask("work"));
        try (Crewed worker = crewed(Handler.raw("work", Effort.INSTANT, (payload, context) -> {
            throw new StackOverflowError();
        }))) {
            worker.fetch(queue());
            worker.settleNext();
        }
        assertThat(find(id).details().error().type()).isEqualTo("StackOverflowError");
    }

    @Test
    default void aHandlerThatReturnsNothingHasFailed() {
        TaskId id = accepted(aTask("work"));
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> null))) {
            worker.fetch(queue());
            worker.settleNext();
        }
        assertThat(find(id).details().error().type()).isEqualTo("NoOutcome");
    }

    @Test
    default void releasedByItsHandlerKeepsItsAttempt() {
        TaskId id = accepted(aTask("work"));
        try (Crewed worker = crewed(
                Crewed.waiting("work", (payload, context) -> Outcome.released(Duration.ofMinutes(1), "later")))) {
            worker.fetch(queue());
            worker.settleNext();
        }
        assertThat(find(id).status().attempts()).isZero();
        assertThat(stateOf(id)).isEqualTo(TaskState.SCHEDULED);
    }

    @Test
    default void unhandledTypeStaysReady() {
        TaskId handled = accepted(aTask("work"));
        TaskId unhandled = accepted(aTask("mystery"));
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> Outcome.succeeded()))) {
            worker.fetch(queue());
            worker.settleNext();
        }
        assertThat(stateOf(handled)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(stateOf(unhandled)).isEqualTo(TaskState.READY);
    }

    @Test
    default void timeoutCancelsTheHandlerAndUsesUpAnAttempt() {
        TaskId id = accepted(aTask("work").withTimeout(Duration.ofMillis(20)));
        Gate gate = new Gate();
        try (Crewed worker = crewed(Crewed.waiting("work", gate))) {
            worker.fetch(queue());
            worker.settleNext();
            assertThat(gate.awaitStopped()).isEqualTo(Cancellation.TIMED_OUT);
        }
        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(task.status().attempts()).isEqualTo(1);
        assertThat(causes(id)).last().isEqualTo(Cause.TIMED_OUT);
    }

    @Test
    default void aHandlerThatWasCutShortChangesNothingAnyMore() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> {
            try {
                return gate.run(payload, context);
            } catch (InterruptedException e) {
                return Outcome.succeeded(Payload.of("\"too late\""));
            }
        }))) {
            worker.fetch(queue());
            gate.awaitBegan();
            tasks().change(List.of(new Change.Cancel(id, null)), now());
            worker.held.all().forEach(run -> worker.held.cancelled(run.token().task()));
            assertThat(gate.awaitStopped()).isEqualTo(Cancellation.CANCELLED);
            assertThat(worker.held.size()).isZero();
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    default void leaseIsExtendedWhileTheHandlerRuns() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        try (Crewed worker = crewed(Crewed.waiting("work", gate))) {
            worker.fetch(queue());
            gate.awaitBegan();
            clock().tickSeconds(11);
            worker.age(Duration.ofSeconds(11));
            worker.keeper.runOnce();
            assertThat(find(id).status().times().leaseExpiresAt()).isEqualTo(now().plus(Crewed.LEASE));
            clock().tickSeconds(25);
            tidy();
            assertThat(stateOf(id)).isEqualTo(TaskState.RUNNING);
            gate.open();
            worker.settleNext();
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void aFreshLeaseIsLeftAlone() {
        accepted(aTask("work"));
        Gate gate = new Gate();
        try (Crewed worker = crewed(Crewed.waiting("work", gate))) {
            worker.fetch(queue());
            gate.awaitBegan();
            Run run = worker.held.all().iterator().next();
            long before = run.keptFor(System.nanoTime());
            worker.keeper.runOnce();
            assertThat(run.keptFor(System.nanoTime())).isGreaterThan(before);
            gate.open();
            worker.settleNext();
        }
    }

    @Test
    default void pausedWorkerThatComesBackIsRefused() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        try (Crewed paused = crewed(Crewed.waiting("work", gate));
                Crewed other = new Crewed(
                        Crewed.ports(storage(), clock()),
                        "worker-b",
                        4,
                        Crewed.waiting("work", (payload, context) -> Outcome.succeeded(Payload.of("\"b\""))))) {
            paused.fetch(queue());
            gate.awaitBegan();
            clock().tick(Crewed.LEASE.multipliedBy(2));
            other.fetch(queue());
            other.settleNext();
            gate.open();
            paused.settleNext();
            assertThat(paused.held.size()).isZero();
        }
        Task task = find(id);
        assertThat(task.details().result()).isEqualTo(Payload.of("\"b\""));
        assertThat(task.status().generation()).isEqualTo(2);
        assertThat(causes(id)).contains(Cause.LEASE_EXPIRED);
    }

    @Test
    default void aHandlerIsToldWhenItsLeaseIsLost() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        try (Crewed paused = crewed(Crewed.waiting("work", gate))) {
            paused.fetch(queue());
            gate.awaitBegan();
            clock().tick(Crewed.LEASE.multipliedBy(2));
            tidy();
            leaseOne();
            paused.age(Crewed.LEASE.multipliedBy(2));
            paused.keeper.runOnce();
            assertThat(gate.awaitStopped()).isEqualTo(Cancellation.LEASE_LOST);
            assertThat(paused.held.size()).isZero();
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.RUNNING);
        assertThat(find(id).status().generation()).isEqualTo(2);
    }

    @Test
    default void lateCompletionIsTakenWhileNobodyElseHoldsTheTask() {
        TaskId id = accepted(aTask("work"));
        Gate gate = new Gate();
        try (Crewed worker = crewed(Crewed.waiting("work", gate))) {
            worker.fetch(queue());
            gate.awaitBegan();
            clock().tick(Crewed.LEASE.multipliedBy(2));
            tidy();
            gate.open();
            worker.settleNext();
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void progressAndLogArriveBeforeTheEnd() {
        TaskId id = accepted(aTask("work"));
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> {
            context.progress(140, "almost");
            context.log("first");
            context.log("x".repeat(5000));
            return Outcome.succeeded(context.json(List.of(1, 2)));
        }))) {
            worker.fetch(queue());
            while (worker.held.size() > 0) {
                worker.settleNext();
            }
        }
        Task task = find(id);
        assertThat(task.details().progress()).isEqualTo(new Progress(100, "almost"));
        assertThat(task.details().log()).extracting(LogLine::line).containsExactly("first", "x".repeat(1024));
        assertThat(task.details().result()).isEqualTo(Payload.of("[1,2]"));
    }

    @Test
    default void completionWaitsUntilTheStoreIsBack() {
        TaskId id = accepted(aTask("work"));
        Outage outage = new Outage();
        WorkerStore ports = Crewed.ports(outage.around(storage()), clock());
        try (Crewed worker =
                new Crewed(ports, "worker-a", 1, Crewed.waiting("work", (payload, context) -> Outcome.succeeded()))) {
            worker.fetch(queue());
            worker.settler.bell().await(Duration.ofSeconds(20).toNanos());
            outage.goDown();
            assertThat(catchOf(worker.settler::runOnce)).isTrue();
            assertThat(catchOf(worker.settler::runOnce)).isTrue();
            assertThat(worker.held.size()).isEqualTo(1);
            outage.comeBack();
            worker.settler.runOnce();
            assertThat(worker.held.size()).isZero();
        }
        assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void completionWhoseAnswerWasLostIsRepeatedWithoutHarm() {
        TaskId id = accepted(aTask("work"));
        Outage outage = new Outage();
        WorkerStore ports = Crewed.ports(outage.around(storage()), clock());
        try (Crewed worker = new Crewed(
                ports, "worker-a", 1, Crewed.waiting("work", (payload, context) -> Outcome.failed("Boom", "once")))) {
            worker.fetch(queue());
            worker.settler.bell().await(Duration.ofSeconds(20).toNanos());
            outage.loseNextAnswer();
            assertThat(catchOf(worker.settler::runOnce)).isTrue();
            clock().tickSeconds(1);
            worker.settler.runOnce();
            assertThat(worker.held.size()).isZero();
        }
        assertThat(find(id).status().attempts()).isEqualTo(1);
        assertThat(causes(id)).containsOnlyOnce(Cause.FAILED);
    }

    private static boolean catchOf(Runnable step) {
        return MillraceException.isStoreAway(catchThrowable(step::run));
    }
}
