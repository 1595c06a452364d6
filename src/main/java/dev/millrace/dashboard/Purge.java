package dev.millrace.dashboard;

import dev.millrace.queue.Action;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import java.util.List;
import java.util.Locale;

/** What a queue can be cleared of. */
public enum Purge {
    WAITING(
            "What waits",
            "Scheduled, ready and blocked tasks are cancelled.",
            Action.CANCEL,
            List.of(TaskState.SCHEDULED, TaskState.READY, TaskState.BLOCKED)),
    DEAD("Dead letters", "They are deleted, and cannot be retried any more.", Action.DELETE, List.of(TaskState.DEAD)),
    ENDED(
            "All that ended",
            "Succeeded, dead, cancelled and expired tasks are deleted.",
            Action.DELETE,
            List.of(TaskState.SUCCEEDED, TaskState.DEAD, TaskState.CANCELLED, TaskState.EXPIRED));

    private final String title;
    private final String meaning;
    private final Action action;
    private final List<TaskState> states;

    Purge(String title, String meaning, Action action, List<TaskState> states) {
        this.title = title;
        this.meaning = meaning;
        this.action = action;
        this.states = states;
    }

    /** The one of this name; null for any other. */
    static Purge of(String name) {
        for (Purge purge : values()) {
            if (purge.key().equals(name)) {
                return purge;
            }
        }
        return null;
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    Action action() {
        return action;
    }

    List<TaskState> states() {
        return states;
    }

    public long count(QueueSnapshot queue) {
        return states.stream().mapToLong(queue::count).sum();
    }
}
