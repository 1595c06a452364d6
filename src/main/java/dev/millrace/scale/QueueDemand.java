package dev.millrace.scale;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How much work a queue has for workers.
 *
 * @param queue as of the moment at which a worker that is woken now would be there
 * @param pool whose workers serve it; null for none
 * @param at that moment
 */
public record QueueDemand(QueueSnapshot queue, String pool, Instant at) {
    /**
     * Tasks that no worker has yet and one could have: none of a paused queue, and no more than its concurrency and its rate
     * allow.
     */
    public long waiting() {
        return queue.paused() ? 0 : Math.min(Math.min(queue.room(), queue.startable(at)), open());
    }

    /** When there will be work that is none yet; null when that is not known of any. */
    Instant nextAt() {
        Instant allowed = open() > 0 ? queue.nextStartAt(at) : null;
        return queue.paused()
                ? null
                : Stream.of(allowed, queue.nextDueAt())
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null);
    }

    private long open() {
        return queue.count(TaskState.READY) + queue.due();
    }

    /** Tasks that keep a worker busy now or would if there was one; of a paused queue only what runs. */
    public long wanted() {
        return queue.count(TaskState.RUNNING) + waiting();
    }
}
