package dev.millrace.dashboard;

import dev.millrace.queue.TaskFilter;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A page of the task list.
 *
 * @param queues all there are, by name
 * @param scannedTo how far it was looked; null when nothing was
 * @param faults sentences about what of the filter could not be used
 */
public record TaskList(
        TaskQuery query,
        List<TaskRow> rows,
        List<Tab> tabs,
        List<String> queues,
        Pager pager,
        Instant scannedTo,
        List<String> faults) {
    /**
     * A state to narrow the list to.
     *
     * @param count negative for none
     */
    public record Tab(String name, String state, String link, long count, boolean current) {}

    public int walk() {
        return TaskFilter.WALK;
    }

    /** Whether tasks are looked at one by one, so that a page may be short. */
    public boolean walks() {
        TaskFilter filter = query.filter();
        return filter.type() != null
                || filter.tag() != null
                || !filter.labels().isEmpty()
                || filter.text() != null
                || filter.failure() != null;
    }

    /** Fields that are filled in beside queue and state. */
    public boolean narrowed() {
        return query.values().keySet().stream()
                .anyMatch(name -> !name.equals(TaskQuery.QUEUE) && !name.equals(TaskQuery.STATE));
    }

    /** Fields that stand in the second line of the filter. */
    public boolean more() {
        return query.values().keySet().stream()
                .anyMatch(name -> List.of(
                                TaskQuery.TAG, TaskQuery.LABEL, TaskQuery.AFTER, TaskQuery.BEFORE, TaskQuery.ERROR)
                        .contains(name));
    }

    /** The query part of the address of the same list without the kind of failure. */
    public String withoutError() {
        return query.search(Map.of(TaskQuery.ERROR, ""));
    }

    public boolean mayRetry() {
        TaskState state = query.filter().state();
        return state == null || state.terminal();
    }

    public boolean mayCancel() {
        TaskState state = query.filter().state();
        return state == null || !state.terminal();
    }
}
