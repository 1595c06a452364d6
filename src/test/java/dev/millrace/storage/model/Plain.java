package dev.millrace.storage.model;

import dev.millrace.task.Cause;
import dev.millrace.task.Details;
import dev.millrace.task.Event;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;

/** A task without the words that a store has for poison. */
final class Plain {
    private Plain() {}

    static Task of(Task task) {
        Details details = task.details();
        boolean poisoned = details.error() != null && details.error().type().equals("Poison");
        return new Task(
                task.id(),
                task.queue(),
                task.spec(),
                task.status(),
                new Details(
                        details.progress(),
                        details.result(),
                        poisoned ? new TaskError("Poison", "") : details.error(),
                        details.history().stream().map(Plain::of).toList(),
                        details.log()));
    }

    private static Event of(Event e) {
        return e.cause() == Cause.POISON ? new Event(e.at(), e.state(), e.cause(), e.attempt(), e.worker(), null) : e;
    }
}
