package dev.millrace.monitor;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The queues as the metrics show them.
 *
 * @param tasks by queue label, then state
 * @param oldestReadySeconds by queue label; 0 where nothing waits
 */
record Figures(Map<String, Map<TaskState, Long>> tasks, Map<String, Double> oldestReadySeconds) {
    static final Figures NONE = new Figures(Map.of(), Map.of());

    static Figures of(List<QueueSnapshot> queues, Labels labels, Instant now) {
        Map<String, Map<TaskState, Long>> tasks = new TreeMap<>();
        Map<String, Double> oldest = new TreeMap<>();
        for (QueueSnapshot queue : queues) {
            String label = labels.of(queue.name());
            Map<TaskState, Long> states = tasks.computeIfAbsent(label, name -> new EnumMap<>(TaskState.class));
            for (TaskState state : TaskState.values()) {
                states.merge(state, queue.count(state), Long::sum);
            }
            oldest.merge(label, age(queue.oldestReadyAt(), now), Math::max);
        }
        return new Figures(tasks, oldest);
    }

    private static double age(Instant since, Instant now) {
        return since == null ? 0 : Math.max(0, Duration.between(since, now).toMillis() / 1000.0);
    }
}
