package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.Cause;
import dev.millrace.task.Details;
import dev.millrace.task.Event;
import dev.millrace.task.LogLine;
import dev.millrace.task.NewTask;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final TaskError ERROR = new TaskError("Boom", "second time");

    @Test
    void stepsTellHowLongTheyLasted() {
        Timeline timeline = Timeline.of(task(TaskState.SCHEDULED, history(), List.of()), at(100));

        assertThat(timeline.steps())
                .extracting(Timeline.Step::lasted)
                .containsExactly(seconds(2), seconds(3), seconds(5), seconds(0), seconds(10), seconds(80));
        assertThat(timeline.steps().getLast().present()).isTrue();
    }

    @Test
    void lastStepOfAnEndedTaskLastsForEver() {
        List<Event> history = List.of(
                event(0, TaskState.READY, Cause.SUBMITTED),
                event(1, TaskState.RUNNING, Cause.LEASED),
                event(2, TaskState.SUCCEEDED, Cause.COMPLETED));

        assertThat(Timeline.of(task(TaskState.SUCCEEDED, history, List.of()), at(100))
                        .steps())
                .extracting(Timeline.Step::lasted)
                .containsExactly(seconds(1), seconds(1), null);
    }

    @Test
    void attemptsHaveTheirLogAndTheLastFailureItsType() {
        List<LogLine> log =
                List.of(new LogLine(at(3), 1, "a"), new LogLine(at(11), 2, "b"), new LogLine(at(20), 2, "c"));

        List<Timeline.Run> runs =
                Timeline.of(task(TaskState.SCHEDULED, history(), log), at(100)).runs();

        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).log()).extracting(LogLine::line).containsExactly("b", "c");
        assertThat(runs.get(0).error()).isEqualTo(ERROR);
        assertThat(runs.get(0).took()).isEqualTo(seconds(10));
        assertThat(runs.get(1).log()).extracting(LogLine::line).containsExactly("a");
        assertThat(runs.get(1).error()).isNull();
        assertThat(runs).allMatch(Timeline.Run::failed);
    }

    @Test
    void whatWasNotKeptIsSaid() {
        List<Event> history = new ArrayList<>();
        for (int i = 0; i < Event.KEPT_EACH_END; i++) {
            history.add(event(2 * i, TaskState.READY, Cause.RELEASED));
            history.add(event(2 * i + 1, TaskState.RUNNING, Cause.LEASED));
        }

        Timeline timeline = Timeline.of(task(TaskState.RUNNING, history, List.of()), at(1000));

        assertThat(timeline.steps())
                .filteredOn(Timeline.Step::gap)
                .singleElement()
                .isEqualTo(timeline.steps().get(Event.KEPT_EACH_END));
        assertThat(timeline.runs()).hasSize(Event.KEPT_EACH_END - 1);
        assertThat(timeline.runs().getFirst().running()).isTrue();
    }

    private static List<Event> history() {
        return List.of(
                event(0, TaskState.READY, Cause.SUBMITTED),
                event(2, TaskState.RUNNING, Cause.LEASED),
                event(5, TaskState.SCHEDULED, Cause.FAILED),
                event(10, TaskState.READY, Cause.DUE),
                event(10, TaskState.RUNNING, Cause.LEASED),
                event(20, TaskState.SCHEDULED, Cause.FAILED));
    }

    private static Event event(int second, TaskState state, Cause cause) {
        return new Event(at(second), state, cause, 1, null, null);
    }

    private static Task task(TaskState state, List<Event> history, List<LogLine> log) {
        NewTask built = TaskBuilder.aTask().build(START);
        Status fresh = Status.submitted(built.spec());
        Status status = new Status(state, 2, 2, 0, 1, fresh.times(), null);
        return new Task(new TaskId("t"), "q", built.spec(), status, new Details(null, null, ERROR, history, log));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }
}
