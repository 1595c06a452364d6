package dev.millrace.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the queues themselves.
 *
 * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} from any method
 */
public interface QueueStore {
    /** Queues that an installation may have. */
    int LIMIT = 10_000;

    /**
     * The number of a queue, which comes into being if it is new.
     *
     * @throws dev.millrace.task.MillraceException {@code QUEUE_FULL} when there are {@link #LIMIT} already
     */
    int open(String queue, Instant now);

    /** Names with their numbers, the most recently used first. */
    Map<String, Integer> names();

    Optional<QueueSnapshot> find(String queue, Instant now);

    /** Snapshots of those of these queues that exist; costs the same at any number of tasks. */
    List<QueueSnapshot> findAll(List<String> queues, Instant now);

    /** False when there is no such queue. */
    boolean configure(String queue, QueueConfig config);

    /** Until resumed nothing is leased; false when there is no such queue. */
    boolean pause(String queue, boolean paused);

    /** Removes a queue that holds no task that is scheduled, ready, running or blocked; with {@code force} any. */
    Deleted delete(String queue, boolean force);

    /** What became of a {@link #delete}. */
    enum Deleted {
        DONE,
        NOT_FOUND,
        NOT_EMPTY
    }
}
