package dev.millrace.storage.record;

import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.List;

/**
 * How long succeeded, cancelled and expired tasks are kept together, for programs that know no states apart: none of them
 * removes what is still to be kept.
 */
public record Together(Duration age, long count, long bytes) {
    private static final List<TaskState> STATES = List.of(TaskState.SUCCEEDED, TaskState.CANCELLED, TaskState.EXPIRED);

    public static Together of(Retention retention) {
        Duration age = Duration.ZERO;
        long count = 0;
        long bytes = 0;
        for (TaskState state : STATES) {
            Kept kept = retention.of(state);
            age = kept.age().compareTo(age) > 0 ? kept.age() : age;
            count = sum(count, kept.count());
            bytes = sum(bytes, kept.bytes());
        }
        return new Together(age, count, bytes);
    }

    /** A bound that is not there is the greatest. */
    private static long sum(long so, Long bound) {
        return bound == null || bound > Long.MAX_VALUE - so ? Long.MAX_VALUE : so + bound;
    }
}
