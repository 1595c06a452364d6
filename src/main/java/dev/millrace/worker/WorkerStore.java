package dev.millrace.worker;

import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.TaskTally;
import dev.millrace.queue.Wakeups;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What a worker needs of the store.
 *
 * @param tally hears how attempts ended
 */
public record WorkerStore(TaskStore tasks, QueueStore queues, Wakeups wakeups, InstantSource clock, TaskTally tally) {
    public WorkerStore(TaskStore tasks, QueueStore queues, Wakeups wakeups, InstantSource clock) {
        this(tasks, queues, wakeups, clock, TaskTally.DEAF);
    }

    Instant now() {
        return clock.instant();
    }
}
