package dev.millrace.queue;

import java.time.InstantSource;

/** The doors of this room over a store's ports, for programs that start without CDI. */
public record QueueRoom(Submissions submissions, Queues queues) {
    public static QueueRoom over(TaskStore tasks, QueueStore queues, InstantSource clock) {
        KnownQueues known = new KnownQueues(queues, clock);
        return new QueueRoom(new Submissions(tasks, known, clock, TaskTally.DEAF), new Queues(queues, known, clock));
    }
}
