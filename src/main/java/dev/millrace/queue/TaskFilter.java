package dev.millrace.queue;

import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.Map;

/**
 * What to list. {@code queue}, {@code state} and the times choose where to look; the rest is applied while walking.
 *
 * @param state null for all, newest first; else by entry into that state, newest first (scheduled: next due first)
 * @param type null for all, as are tag and the times
 * @param labels all of these must match
 * @param createdAfter inclusive
 * @param createdBefore exclusive
 */
public record TaskFilter(
        String queue,
        TaskState state,
        String type,
        String tag,
        Map<String, String> labels,
        Instant createdAfter,
        Instant createdBefore) {
    /** Tasks looked at for one page, at most. */
    public static final int WALK = 10_000;

    public static TaskFilter ofQueue(String queue, TaskState state) {
        return new TaskFilter(queue, state, null, null, Map.of(), null, null);
    }

    /** The same, in that queue. */
    public TaskFilter in(String queue) {
        return new TaskFilter(queue, state, type, tag, labels, createdAfter, createdBefore);
    }

    /** Type, tag, labels and times; queue and state are the store's to see to. */
    public boolean matches(Task task) {
        return (type == null || type.equals(task.spec().type()))
                && (tag == null || task.spec().marks().tags().contains(tag))
                && task.spec().marks().labels().entrySet().containsAll(labels.entrySet())
                && createdWithin(task.spec().origin().createdAt());
    }

    private boolean createdWithin(Instant createdAt) {
        return (createdAfter == null || !createdAt.isBefore(createdAfter))
                && (createdBefore == null || createdAt.isBefore(createdBefore));
    }
}
