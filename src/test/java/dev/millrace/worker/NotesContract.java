package dev.millrace.worker;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.LogLine;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Outage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a handler leaves behind is bounded, and told once. */
interface NotesContract extends FetchContract {
    @Test
    default void aResultThatIsTooLargeIsAFailureForGood() {
        TaskId id = accepted(aTask("work"));
        run(Payload.of('"' + "x".repeat(WorkerSettings.RESULT_BYTES - 1) + '"'));

        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.DEAD);
        assertThat(task.details().error().type()).isEqualTo("ResultTooLarge");
        assertThat(task.details().error().message()).contains("262145").contains("262144");
        assertThat(task.details().result()).isNull();
    }

    @Test
    default void theLargestResultIsKept() {
        TaskId id = accepted(aTask("work"));
        Payload large = Payload.of('"' + "x".repeat(WorkerSettings.RESULT_BYTES - 2) + '"');
        run(large);

        assertThat(find(id).details().result()).isEqualTo(large);
    }

    private void run(Payload result) {
        try (Crewed worker = crewed(Crewed.waiting("work", (payload, context) -> Outcome.succeeded(result)))) {
            worker.fetch(queue());
            worker.settleNext();
        }
    }

    @Test
    default void linesWhoseReportGotNoAnswerAreKeptOnce() {
        TaskId id = accepted(aTask("work"));
        Outage outage = new Outage();
        WorkerStore ports = Crewed.ports(outage.around(storage()), clock());
        try (Crewed worker =
                new Crewed(ports, "worker-a", 1, Handler.raw("work", Effort.INSTANT, (payload, context) -> {
                    context.log("a line");
                    return Outcome.succeeded();
                }))) {
            worker.fetch(queue());
            outage.loseNextAnswer();
            assertThatThrownBy(worker.settler::runOnce).isInstanceOf(MillraceException.class);
            clock().tick(Duration.ofMillis(7));
            while (worker.held.size() > 0) {
                worker.settler.runOnce();
            }
        }
        assertThat(find(id).details().log()).extracting(LogLine::line).containsExactly("a line");
        assertThat(find(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void endsOfABusyWorkerAreToldTogether() {
        submitMany(20, aTask("work"));
        Gate gate = new Gate();
        WorkerStore ports = Crewed.ports(storage(), clock());
        try (Crewed worker = new Crewed(ports, "worker-a", 20, Crewed.waiting("work", gate))) {
            worker.fetch(queue());
            worker.stopTime();
            worker.end(1);
            assertThat(told(worker, 0)).as("the first, at once").isEqualTo(1);
            worker.end(2);
            assertThat(told(worker, 0)).as("few, just after").isEqualTo(1);
            assertThat(told(worker, 5)).as("few, later").isEqualTo(3);
            worker.end(5);
            assertThat(told(worker, 0)).as("many, just after").isEqualTo(8);
            gate.open();
        }
    }

    /** Of how many the store knows that they succeeded, a step of the settler later. */
    private long told(Crewed worker, int millis) {
        worker.passTime(Duration.ofMillis(millis));
        worker.settler.runOnce();
        return count(TaskState.SUCCEEDED);
    }
}
