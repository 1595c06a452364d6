package dev.millrace.api;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;

/** How much work a queue has for workers at this moment. */
record Demand(QueueSnapshot queue) {
    /** Tasks that keep a worker busy now or would if there was one; of a paused queue only what runs. */
    long wanted() {
        long running = queue.count(TaskState.RUNNING);
        return queue.paused() ? running : running + queue.count(TaskState.READY) + queue.due();
    }
}
