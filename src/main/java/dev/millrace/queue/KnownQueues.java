package dev.millrace.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What this node remembers of queues, so that a submission need not ask: their numbers, and their settings for a second. */
@ApplicationScoped
class KnownQueues {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final QueueStore store;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    KnownQueues(QueueStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The queue, which comes into being if it is new. May ask the store. */
    Known open(String queue) {
        Known found = known.get(queue);
        if (found != null && System.nanoTime() - found.readAt < FRESH_NANOS) {
            return found;
        }
        int number = store.open(queue, clock.instant());
        QueueConfig config =
                store.find(queue, clock.instant()).map(QueueSnapshot::config).orElse(QueueConfig.DEFAULT);
        if (known.size() >= QueueStore.LIMIT) {
            known.clear();
        }
        Known fresh = new Known(number, config, System.nanoTime());
        known.put(queue, fresh);
        return fresh;
    }

    /** The next look asks the store again. */
    void forget(String queue) {
        known.remove(queue);
    }

    record Known(int number, QueueConfig config, long readAt) {}
}
