package dev.millrace.storage.model;

import dev.millrace.task.Cause;
import dev.millrace.task.Details;
import dev.millrace.task.Event;
import dev.millrace.task.LogLine;
import dev.millrace.task.NewTask;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import dev.millrace.task.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One task as it has to be. */
final class ModelTask {
    /** How its latest generation ended. */
    enum Ending {
        NONE,
        COMPLETED,
        FAILED,
        RELEASED,
        EXPIRED,
        CUT
    }

    final TaskId serverId;
    final NewTask submitted;
    final ModelQueue queue;
    TaskState state;
    Ending ending = Ending.NONE;
    int generation;
    int attempts;
    int crashes;
    long revision = 1;
    Instant readyAt;
    Instant runAt;
    Instant startedAt;
    Instant finishedAt;
    Instant deadline;
    Instant expiresAt;
    String worker;
    /** Of those that became ready at the same moment, the lower one came first; equal where nothing is promised. */
    long arrival;

    Progress progress;
    Payload result;
    TaskError error;
    private TaskSpec spec;
    private final List<Event> history = new ArrayList<>();
    private final List<LogLine> log = new ArrayList<>();

    ModelTask(TaskId serverId, NewTask submitted, ModelQueue queue, Instant now) {
        this.serverId = serverId;
        this.submitted = submitted;
        this.queue = queue;
        this.spec = submitted.spec();
        Instant created = spec.origin().createdAt();
        Instant due = spec.timing().runAt();
        boolean later = due != null && due.isAfter(now);
        this.state = later ? TaskState.SCHEDULED : TaskState.READY;
        this.runAt = due != null && due.isAfter(created) ? due : created;
        this.readyAt = later ? null : now;
        this.expiresAt = spec.timing().expiresAt();
        this.arrival = queue.arrives();
        history.add(new Event(created, state, Cause.SUBMITTED, 0, null, null));
    }

    TaskId id() {
        return submitted.name() != null ? submitted.name() : serverId;
    }

    TaskSpec spec() {
        return spec;
    }

    void edit(Payload payload) {
        spec = spec.withPayload(payload);
    }

    boolean is(TaskState other) {
        return state == other;
    }

    /** When it is in the order of its queue. */
    Instant rank() {
        return readyAt.minus(Duration.ofMinutes(spec.priority()));
    }

    /** To another state, after whatever the change itself has set. */
    void move(TaskState next, Instant now) {
        state = next;
        revision++;
        finishedAt = next.terminal() ? now : null;
        deadline = next == TaskState.RUNNING ? deadline : null;
        if (next == TaskState.READY) {
            readyAt = now;
        }
    }

    void tell(TaskState next, Cause cause, Instant now, String message) {
        tell(next, cause, now, attempts, is(TaskState.RUNNING) ? worker : null, message);
    }

    void tell(TaskState next, Cause cause, Instant now, int attempt, String by, String message) {
        history.add(new Event(now, next, cause, attempt, by, message));
        if (history.size() > 2 * Event.KEPT_EACH_END) {
            history.remove(Event.KEPT_EACH_END);
        }
    }

    /** Lines that this attempt has logged at this moment already are a repeat. */
    void log(List<String> lines, Instant now) {
        List<String> said = log.stream()
                .filter(line -> line.at().equals(now) && line.attempt() == attempts)
                .map(LogLine::line)
                .toList();
        if (Collections.indexOfSubList(said, lines) >= 0) {
            return;
        }
        lines.forEach(line -> log.add(new LogLine(now, attempts, line)));
        while (log.size() > LogLine.LIMIT) {
            log.removeFirst();
        }
    }

    Task whole() {
        return task(new Details(progress, result, error, List.copyOf(history), List.copyOf(log)));
    }

    /** As a lease hands it out. */
    Task brief() {
        return task(new Details(progress, result, error, List.of(), List.of()));
    }

    private Task task(Details details) {
        Times times = new Times(readyAt, runAt, startedAt, finishedAt, deadline);
        Status status = new Status(state, generation, attempts, crashes, revision, times, worker);
        return new Task(id(), queue.name, spec, status, details);
    }

    @Override
    public String toString() {
        return id() + " " + state;
    }
}
