package dev.millrace.dashboard;

import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.LogLine;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A task's history as people read it.
 *
 * @param steps oldest first
 * @param runs newest first
 */
public record Timeline(List<Step> steps, List<Run> runs) {
    /**
     * The task entered a state.
     *
     * @param lasted how long it stayed; up to now for the present one, null for the last of an ended task
     * @param gap events between this one and the one before were not kept
     */
    public record Step(Event event, Duration lasted, boolean present, boolean gap) {
        /** Whether its message is told here: that of a failed attempt stands with the attempt. */
        public boolean told() {
            boolean attempts = event.cause() == Cause.FAILED || event.cause() == Cause.TIMED_OUT;
            return event.message() != null && !attempts;
        }
    }

    /**
     * One attempt, from its lease to what ended it.
     *
     * @param end null while it runs
     * @param error of the task's latest failure, with its type; null for other runs
     */
    public record Run(Event begin, Event end, Duration took, TaskError error, List<LogLine> log) {
        public boolean running() {
            return end == null;
        }

        public boolean failed() {
            return end != null
                    && switch (end.cause()) {
                        case FAILED, TIMED_OUT, LEASE_EXPIRED, POISON, OUTCOME_UNKNOWN -> true;
                        default -> false;
                    };
        }

        public boolean succeeded() {
            return end != null && end.state() == TaskState.SUCCEEDED;
        }

        /** What was said of its end; null for nothing. */
        public String message() {
            return error != null ? error.message() : end == null ? null : end.message();
        }
    }

    static Timeline of(Task task, Instant now) {
        List<Event> history = task.details().history();
        return new Timeline(steps(task, history, now), runs(task, history, now).reversed());
    }

    private static List<Step> steps(Task task, List<Event> history, Instant now) {
        List<Step> steps = new ArrayList<>(history.size());
        boolean full = history.size() >= 2 * Event.KEPT_EACH_END;
        for (int i = 0; i < history.size(); i++) {
            Event event = history.get(i);
            boolean last = i + 1 == history.size();
            Instant until = last ? now : history.get(i + 1).at();
            boolean ended = last && task.state().terminal();
            steps.add(
                    new Step(event, ended ? null : between(event.at(), until), last, full && i == Event.KEPT_EACH_END));
        }
        return steps;
    }

    private static List<Run> runs(Task task, List<Event> history, Instant now) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Event begin = history.get(i);
            boolean endIsKept = i + 1 != Event.KEPT_EACH_END || history.size() < 2 * Event.KEPT_EACH_END;
            if (begin.cause() != Cause.LEASED || !endIsKept) {
                continue;
            }
            Event end = i + 1 < history.size() ? history.get(i + 1) : null;
            Instant until = end == null ? now : end.at();
            runs.add(new Run(begin, end, between(begin.at(), until), null, log(task, begin, end)));
        }
        return withError(runs, task.details().error());
    }

    /** Of errors only the latest is kept with its type. */
    private static List<Run> withError(List<Run> runs, TaskError error) {
        for (int i = runs.size() - 1; i >= 0 && error != null; i--) {
            Run run = runs.get(i);
            if (run.failed()) {
                runs.set(i, new Run(run.begin, run.end, run.took, error, run.log));
                break;
            }
        }
        return runs;
    }

    private static List<LogLine> log(Task task, Event begin, Event end) {
        return task.details().log().stream()
                .filter(line -> !line.at().isBefore(begin.at()))
                .filter(line -> end == null || !line.at().isAfter(end.at()))
                .toList();
    }

    private static Duration between(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return between.isNegative() ? Duration.ZERO : between;
    }
}
