package dev.millrace.dashboard;

import dev.millrace.monitor.ErrorGroup;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskPage;
import dev.millrace.queue.Tasks;
import dev.millrace.task.ErrorShape;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups the dead: the newest of each queue, with what the store counted of failures that look alike. */
@Singleton
class DeadLetters {
    /** Dead tasks of one queue that are looked at, if it is the only one. */
    private static final int LOOKED_AT = 500;

    /** Dead tasks that are looked at, of all queues, but at least so many of each. */
    private static final int IN_ALL = 2_000;

    private static final int AT_LEAST = 100;

    /** Queues that are looked at: those with the most dead. */
    static final int QUEUES = 20;

    private static final int GROUPS = 500;

    private final Tasks tasks;
    private final SeriesStore series;

    DeadLetters(Tasks tasks, SeriesStore series) {
        this.tasks = tasks;
        this.series = series;
    }

    /** The last seen first. */
    List<DeadGroup> of(List<QueueSnapshot> queues) {
        List<QueueSnapshot> most = queues.stream()
                .filter(queue -> queue.count(TaskState.DEAD) > 0)
                .sorted(Comparator.comparingLong((QueueSnapshot queue) -> queue.count(TaskState.DEAD))
                        .reversed())
                .limit(QUEUES)
                .toList();
        int each = Math.clamp(IN_ALL / Math.max(1, most.size()), AT_LEAST, LOOKED_AT);
        return most.stream()
                .flatMap(queue -> of(queue.name(), each).stream())
                .sorted(Comparator.comparing(DeadGroup::last).reversed())
                .toList();
    }

    private List<DeadGroup> of(String queue, int lookedAt) {
        TaskPage page = tasks.list(TaskFilter.ofQueue(queue, TaskState.DEAD), null, lookedAt);
        Map<String, List<Task>> seen = new LinkedHashMap<>();
        for (Task task : page.items()) {
            String fingerprint = ErrorShape.fingerprint(task.spec().type(), error(task));
            seen.computeIfAbsent(fingerprint, key -> new ArrayList<>()).add(task);
        }
        Map<String, ErrorGroup> known = new LinkedHashMap<>();
        series.errorGroups(queue, GROUPS).forEach(group -> known.put(group.fingerprint(), group));
        List<DeadGroup> groups = new ArrayList<>();
        seen.forEach((fingerprint, some) ->
                groups.add(group(queue, fingerprint, some, known.get(fingerprint), page.next() != null)));
        return groups;
    }

    /**
     * @param newest of the group, the newest first
     * @param known null when the store does not know the group any more
     */
    private static DeadGroup group(
            String queue, String fingerprint, List<Task> newest, ErrorGroup known, boolean atLeast) {
        Task sample = newest.getFirst();
        TaskError error = error(sample);
        return new DeadGroup(
                queue,
                fingerprint,
                sample.spec().type(),
                error.type(),
                error.message(),
                newest.size(),
                atLeast,
                known == null ? 0 : known.count(),
                known == null ? ended(newest.getLast()) : known.first(),
                known == null ? ended(sample) : known.last(),
                sample.id());
    }

    private static TaskError error(Task task) {
        return task.details().error() != null ? task.details().error() : new TaskError(null, null);
    }

    private static Instant ended(Task task) {
        Instant at = task.status().times().finishedAt();
        return at == null ? task.spec().origin().createdAt() : at;
    }
}
