package dev.millrace.dashboard;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A queue in a list.
 *
 * @param ready those that a worker may take now; those that are due but not promoted yet are among them
 * @param oldest how long the oldest of these waits; null when none does
 * @param in tasks accepted per minute, of late
 * @param out tasks ended per minute, of late
 * @param spark of the ends of the last hour
 */
public record QueueRow(
        String name,
        boolean paused,
        long ready,
        long running,
        long scheduled,
        long dead,
        Duration oldest,
        double in,
        double out,
        String spark) {
    private static final Duration LONG = Duration.ofMinutes(5);

    static QueueRow of(QueueSnapshot queue, List<Slot> hour, Instant now) {
        return new QueueRow(
                queue.name(),
                queue.paused(),
                queue.count(TaskState.READY) + queue.due(),
                queue.count(TaskState.RUNNING),
                queue.count(TaskState.SCHEDULED) - queue.due(),
                queue.count(TaskState.DEAD),
                age(queue.oldestReadyAt(), now),
                Rates.perMinute(hour, Slot::submitted, now),
                Rates.perMinute(hour, Slot::ended, now),
                Chart.spark(hour, Slot::ended));
    }

    static Duration age(Instant since, Instant now) {
        return since == null
                ? null
                : Duration.between(since, now).isNegative() ? Duration.ZERO : Duration.between(since, now);
    }

    /** It waits longer than anyone would want. */
    public boolean late() {
        return oldest != null && oldest.compareTo(LONG) > 0;
    }
}
