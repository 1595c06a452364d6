package dev.millrace.dashboard;

import dev.millrace.task.Task;
import java.time.Duration;
import java.time.Instant;

/**
 * A task in a worker's hands.
 *
 * @param elapsed since its start
 * @param percent of its progress; null when it did not tell
 */
public record RunningTask(String id, String type, String queue, String worker, Duration elapsed, Integer percent) {
    public String shortId() {
        return TaskRow.shortened(id);
    }

    static RunningTask of(Task task, Instant now) {
        Instant since = task.status().times().startedAt();
        var progress = task.details().progress();
        return new RunningTask(
                task.id().value(),
                task.spec().type(),
                task.queue(),
                task.status().worker(),
                since == null ? Duration.ZERO : QueueRow.age(since, now),
                progress == null ? null : progress.percent());
    }
}
