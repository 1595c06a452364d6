package dev.millrace.dashboard;

import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskState;
import dev.millrace.task.Times;
import java.time.Duration;
import java.time.Instant;

/** A task as a line of a list. */
public record TaskRow(Task task) {
    private static final int SHORT = 10;

    public String id() {
        return task.id().value();
    }

    public String shortId() {
        return shortened(id());
    }

    /** The end of a long id, which tells it from its neighbours. */
    static String shortened(String id) {
        return id.length() <= SHORT + 2 ? id : "…" + id.substring(id.length() - SHORT);
    }

    public String state() {
        return task.state().wire();
    }

    /** When it is due, or since when it is what it is. */
    public Instant when() {
        Times times = task.status().times();
        Instant at = switch (task.state()) {
            case SCHEDULED -> times.runAt();
            case READY -> times.readyAt();
            case RUNNING -> times.startedAt();
            case BLOCKED -> task.spec().origin().createdAt();
            case SUCCEEDED, DEAD, CANCELLED, EXPIRED -> times.finishedAt();
        };
        return at == null ? task.spec().origin().createdAt() : at;
    }

    /** How long its last run took; null when it did not run, or runs. */
    public Duration took() {
        Times times = task.status().times();
        boolean ran = task.state().terminal() && times.startedAt() != null && times.finishedAt() != null;
        return ran ? Duration.between(times.startedAt(), times.finishedAt()) : null;
    }

    /** What is worth telling: how it failed, how far it is, or its tags; empty for nothing. */
    public String note() {
        TaskError error = task.details().error();
        if (error != null && task.state() != TaskState.SUCCEEDED) {
            return error.message().isBlank() ? error.type() : error.type() + ": " + error.message();
        }
        if (task.state() == TaskState.RUNNING && task.details().progress() != null) {
            return progress();
        }
        return String.join(" · ", task.spec().marks().tags());
    }

    /** Whether the note is of a failure. */
    public boolean failed() {
        return task.details().error() != null && task.state() != TaskState.SUCCEEDED;
    }

    private String progress() {
        Integer percent = task.details().progress().percent();
        String message = task.details().progress().message();
        return (percent == null ? "" : percent + " % ") + (message == null ? "" : message);
    }

    public String attempts() {
        return task.status().attempts() + "/" + task.spec().retry().maxAttempts();
    }
}
