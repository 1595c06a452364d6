package dev.millrace.queue;

import java.time.InstantSource;

/** The doors over a store's ports, for programs that start without CDI. */
public record Doors(Submissions submissions, Queues queues) {
    public static Doors over(TaskStore tasks, QueueStore queues, InstantSource clock) {
        KnownQueues known = new KnownQueues(queues, clock);
        return new Doors(new Submissions(tasks, known, clock), new Queues(queues, known, clock));
    }
}
