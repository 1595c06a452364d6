package dev.millrace.queue;

import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.Map;

/**
 * A queue at one moment, from counters alone.
 *
 * @param number tells the queue in ids; below {@link dev.millrace.task.BatchId#QUEUES}
 * @param counts of every state; terminal ones of those still kept
 * @param due scheduled tasks that are due already but not promoted yet, counted up to 10,000
 * @param oldestReadyAt when the ready task that waits longest became ready; null when none waits
 * @param nextDueAt when the next scheduled task is due; null when there is none
 * @param waitingBytes of all tasks that did not end, {@link dev.millrace.task.TaskSpec#size()} each
 * @param endedBytes of all that did and are still kept, by state
 * @param bucketFull when the bucket of its rate limit will be full, in microseconds; 0 and what is past for one that is
 * @param lastUsedAt of the last submission, about to the minute
 * @param usual how long ended tasks are kept where the queue says nothing itself
 */
public record QueueSnapshot(
        String name,
        int number,
        boolean paused,
        Map<TaskState, Long> counts,
        long due,
        Instant oldestReadyAt,
        Instant nextDueAt,
        long waitingBytes,
        Map<TaskState, Long> endedBytes,
        long bucketFull,
        Instant lastUsedAt,
        QueueConfig config,
        QueueConfig.Retention usual) {
    /** How long its ended tasks are kept: what it says itself, and else what is usual. */
    public QueueConfig.Retention retention() {
        return config.retention().over(usual);
    }

    /** Tasks that did not end. */
    public long live() {
        long live = 0;
        for (Map.Entry<TaskState, Long> state : counts.entrySet()) {
            live += state.getKey().terminal() ? 0 : state.getValue();
        }
        return live;
    }

    /** Of all that ended and are still kept. */
    public long keptBytes() {
        return endedBytes.values().stream().mapToLong(Long::longValue).sum();
    }

    public long count(TaskState state) {
        return counts.getOrDefault(state, 0L);
    }

    /** How many of its tasks its rate limit lets be leased at once; {@link Long#MAX_VALUE} without one. */
    public long startable(Instant now) {
        return config.rate() == null ? Long.MAX_VALUE : config.rate().allowed(bucketFull, now.toEpochMilli());
    }

    /** Whether its dead letters fill more than four fifths of what its retention allows: soon the oldest go for want of room. */
    public boolean deadNearlyFull() {
        long count = count(TaskState.DEAD);
        long bytes = endedBytes.getOrDefault(TaskState.DEAD, 0L);
        return retention().dead().isExceededBy(count + Math.ceilDiv(count, 4), bytes + bytes / 4);
    }

    /** When its rate limit lets the next task be leased; null when that is no matter of it. */
    public Instant nextStartAt(Instant now) {
        if (startable(now) > 0) {
            return null;
        }
        return Instant.ofEpochMilli(Math.ceilDiv(config.rate().next(bucketFull, now.toEpochMilli()), 1000L));
    }

    /** How many more of its tasks may be leased before as many run as may; {@link Long#MAX_VALUE} without a bound. */
    public long room() {
        return config.room(count(TaskState.RUNNING));
    }
}
