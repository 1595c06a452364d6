package dev.millrace.dashboard;

import dev.millrace.monitor.Health;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Tasks;
import dev.millrace.task.TaskState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Puts the overview together. */
@Singleton
class Overviews {
    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final int QUEUES = 8;
    private static final int RUNNING = 6;
    private static final int LOOKED_INTO = 20;

    private final Present present;
    private final Past past;
    private final Tasks tasks;
    private final Troubles troubles;
    private final Health health;

    Overviews(Present present, Past past, Tasks tasks, Troubles troubles, Health health) {
        this.present = present;
        this.past = past;
        this.tasks = tasks;
        this.troubles = troubles;
        this.health = health;
    }

    /**
     * @param now the store's time
     */
    Overview take(Range range, Instant now) {
        Present.Look look = present.look();
        List<Slot> hour = past.overall(Range.HOUR);
        List<Slot> slots = range == Range.HOUR ? hour : past.overall(range);
        List<QueueRow> rows = rows(look.queues(), now);
        QueueRow oldest = Tiles.oldestOf(rows);
        List<RunningTask> running = running(RUNNING, now);
        StoreView store = StoreView.of(health.report());
        Troubles.Look found = troubles.known();
        return new Overview(
                range,
                Troubles.worst(found.diagnosis(), hour),
                found.at().isBefore(now.minus(A_WHILE)) ? found.at() : null,
                Tiles.of(look.counts(), hour, rows, now),
                Charts.of(slots, range, look.counts().live(), oldest == null ? null : oldest.oldest()),
                rows.subList(0, Math.min(QUEUES, rows.size())),
                Math.max(0, rows.size() - QUEUES),
                running,
                store);
    }

    /** What runs now, the latest first; of the queues in which most is running. */
    List<RunningTask> running(int limit, Instant now) {
        List<String> queues = present.look().queues().stream()
                .filter(queue -> queue.count(TaskState.RUNNING) > 0)
                .sorted(Comparator.comparingLong(queue -> -queue.count(TaskState.RUNNING)))
                .limit(LOOKED_INTO)
                .map(QueueSnapshot::name)
                .toList();
        return tasks.list(TaskFilter.ofQueue(null, TaskState.RUNNING), queues, null, limit).items().stream()
                .map(task -> RunningTask.of(task, now))
                .toList();
    }

    /** The busiest first. */
    private List<QueueRow> rows(List<QueueSnapshot> queues, Instant now) {
        Map<String, List<Slot>> hours = past.lastHour();
        List<QueueRow> rows = new ArrayList<>();
        for (QueueSnapshot queue : queues) {
            rows.add(QueueRow.of(queue, hours.getOrDefault(queue.name(), List.of()), now));
        }
        rows.sort(Comparator.comparingDouble((QueueRow row) -> -Math.max(row.out(), row.in()))
                .thenComparing(row -> -row.ready() - row.running()));
        return rows;
    }
}
