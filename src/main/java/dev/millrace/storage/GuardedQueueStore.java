package dev.millrace.storage;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import dev.millrace.task.MillraceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Fallback;

/** Queues behind the breaker. While the store does not answer, their names are those that it told last. */
@ApplicationScoped
class GuardedQueueStore implements QueueStore {
    private final QueueStore raw;
    private final StoreCalls calls;
    private volatile Map<String, Integer> lastNames;

    GuardedQueueStore(OpenStorage storage, StoreCalls calls) {
        this.raw = storage.raw().queues();
        this.calls = calls;
    }

    @Override
    public int open(String queue, Instant now) {
        return calls.call("queue-open", () -> raw.open(queue, now));
    }

    @Override
    @Fallback(fallbackMethod = "lastNames", applyOn = MillraceException.class)
    public Map<String, Integer> names() {
        Map<String, Integer> names = calls.call("queue-names", raw::names);
        lastNames = names;
        return names;
    }

    Map<String, Integer> lastNames(MillraceException absent) {
        if (lastNames == null) {
            throw absent;
        }
        return lastNames;
    }

    @Override
    public Optional<QueueSnapshot> find(String queue, Instant now) {
        return calls.call("queue-find", () -> raw.find(queue, now));
    }

    @Override
    public List<QueueSnapshot> findAll(List<String> queues, Instant now) {
        return calls.call("queue-find", () -> raw.findAll(queues, now));
    }

    @Override
    public boolean configure(String queue, QueueConfig config) {
        return calls.call("queue-configure", () -> raw.configure(queue, config));
    }

    @Override
    public boolean pause(String queue, boolean paused) {
        return calls.call("queue-pause", () -> raw.pause(queue, paused));
    }

    /** Not repeated: the second answer would be that there is no such queue. */
    @Override
    public Deleted delete(String queue, boolean force) {
        return calls.once("queue-delete", () -> raw.delete(queue, force));
    }
}
