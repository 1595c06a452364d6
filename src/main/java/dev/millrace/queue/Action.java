package dev.millrace.queue;

import dev.millrace.task.Task;
import dev.millrace.task.TaskState;

/** What can be done to all tasks that match a filter. */
public enum Action {
    RETRY,
    CANCEL,
    DELETE;

    /** Whether the task's state allows it. */
    public boolean fits(TaskState state) {
        return this == CANCEL ? !state.terminal() : state.terminal();
    }

    Change on(Task task) {
        return switch (this) {
            case RETRY -> new Change.Retry(task.id(), null, null);
            case CANCEL -> new Change.Cancel(task.id(), null);
            case DELETE -> new Change.Delete(task.id(), null);
        };
    }
}
