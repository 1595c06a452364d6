package dev.millrace.dashboard;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import java.util.List;

/**
 * What the navigation counts.
 *
 * @param live tasks that did not end
 * @param workers processes that run tasks
 */
public record Counts(long queues, long live, long dead, long workers) {
    static Counts of(List<QueueSnapshot> queues, long workers) {
        long live = 0;
        long dead = 0;
        for (QueueSnapshot queue : queues) {
            for (TaskState state : TaskState.values()) {
                live += state.terminal() ? 0 : queue.count(state);
            }
            dead += queue.count(TaskState.DEAD);
        }
        return new Counts(queues.size(), live, dead, workers);
    }

    long of(Section section) {
        return switch (section) {
            case QUEUES -> queues;
            case TASKS -> live;
            case DEAD_LETTERS -> dead;
            case WORKERS -> workers;
            case OVERVIEW, DESTINATIONS, SYSTEM -> -1;
        };
    }
}
