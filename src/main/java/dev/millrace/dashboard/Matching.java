package dev.millrace.dashboard;

import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.Action;
import dev.millrace.queue.ActionReport;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Tasks;
import dev.millrace.task.TaskState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;

/** How many tasks there are that something is to be done to: from counters wherever there are such, else by a walk. */
@Singleton
class Matching {
    private final Queues queues;
    private final SeriesStore series;
    private final Tasks tasks;

    Matching(Queues queues, SeriesStore series, Tasks tasks) {
        this.queues = queues;
        this.series = series;
        this.tasks = tasks;
    }

    ActionReport of(Action action, TaskFilter filter) {
        OptionalLong counted = counted(action, filter);
        return counted.isPresent()
                ? new ActionReport(counted.getAsLong(), 0, null)
                : tasks.act(action, filter, null, true);
    }

    private OptionalLong counted(Action action, TaskFilter filter) {
        if (filter.queue() == null) {
            return OptionalLong.empty();
        }
        if (filter.isCounted()) {
            return OptionalLong.of(queues.find(filter.queue())
                    .map(queue -> count(action, filter.state(), queue))
                    .orElse(0L));
        }
        TaskFilter dead = TaskFilter.ofQueue(filter.queue(), TaskState.DEAD).failing(filter.failure());
        boolean group = filter.failure() != null && action.fits(TaskState.DEAD) && dead.equals(filter.ofAnyType());
        return group ? ofGroup(filter) : OptionalLong.empty();
    }

    private static long count(Action action, TaskState wanted, QueueSnapshot queue) {
        return List.of(TaskState.values()).stream()
                .filter(state -> (wanted == null || state == wanted) && action.fits(state))
                .mapToLong(queue::count)
                .sum();
    }

    /** Empty for one that the store does not count, or where it does not count all that are dead. */
    private OptionalLong ofGroup(TaskFilter filter) {
        List<DeadGroup> groups = series.deadGroups(List.of(filter.queue()), SeriesStore.ERROR_GROUPS);
        long dead = queues.find(filter.queue())
                .map(queue -> queue.count(TaskState.DEAD))
                .orElse(0L);
        if (groups.stream().mapToLong(DeadGroup::dead).sum() != dead) {
            return OptionalLong.empty();
        }
        return groups.stream()
                .filter(group -> group.failures().fingerprint().equals(filter.failure()))
                .filter(group -> filter.type() == null
                        || filter.type().equals(group.failures().taskType()))
                .mapToLong(DeadGroup::dead)
                .findFirst();
    }
}
