package dev.millrace.task;

/** A task as it stands. */
public record Task(TaskId id, String queue, TaskSpec spec, Status status, Details details) {
    public TaskState state() {
        return status.state();
    }
}
