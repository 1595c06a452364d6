package dev.millrace.scale;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;

/**
 * How much work a queue has for workers.
 *
 * @param queue as of the moment at which a worker that is woken now would be there
 * @param pool whose workers serve it; null for none
 */
public record QueueDemand(QueueSnapshot queue, String pool) {
    /** Tasks that no worker has yet and one could have: none of a paused queue, and no more than its concurrency allows. */
    public long waiting() {
        return queue.paused() ? 0 : Math.min(queue.room(), queue.count(TaskState.READY) + queue.due());
    }

    /** Tasks that keep a worker busy now or would if there was one; of a paused queue only what runs. */
    public long wanted() {
        return queue.count(TaskState.RUNNING) + waiting();
    }
}
