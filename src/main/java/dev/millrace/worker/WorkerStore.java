package dev.millrace.worker;

import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Wakeups;
import java.time.InstantSource;

/** What a worker needs of the store. */
public record WorkerStore(TaskStore tasks, QueueStore queues, Wakeups wakeups, InstantSource clock) {}
