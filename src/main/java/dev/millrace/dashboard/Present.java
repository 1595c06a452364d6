package dev.millrace.dashboard;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The queues and nodes as they are now: one look a second, however many pages ask. */
@Singleton
public class Present {
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Supplier<List<QueueSnapshot>> queues;
    private final Supplier<List<Node>> nodes;
    private final AtomicLong changes = new AtomicLong();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look last;

    @Inject
    Present(Queues queues, Nodes nodes) {
        this(queues::all, nodes::list);
    }

    Present(Supplier<List<QueueSnapshot>> queues, Supplier<List<Node>> nodes) {
        this.queues = queues;
        this.nodes = nodes;
    }

    /**
     * As of now or up to a second ago.
     *
     * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE}
     */
    public Look look() {
        Look known = last;
        if (holds(known)) {
            return known;
        }
        looking.lock();
        try {
            if (!holds(last)) {
                last = take();
            }
            return last;
        } finally {
            looking.unlock();
        }
    }

    /** What changed something calls this, so that the next page shows it: a look that is under way does not count then. */
    public void forget() {
        changes.incrementAndGet();
    }

    private boolean holds(Look look) {
        return look != null && look.change == changes.get() && System.nanoTime() - look.takenAt < FRESH_NANOS;
    }

    private Look take() {
        long change = changes.get();
        List<QueueSnapshot> queuesNow = queues.get();
        List<Node> nodesNow = nodes.get();
        long workers = nodesNow.stream()
                .filter(node -> node.roles().contains("worker"))
                .count();
        return new Look(queuesNow, nodesNow, Counts.of(queuesNow, workers), change, System.nanoTime());
    }

    /**
     * @param queues the most recently used first
     * @param nodes by name
     * @param change the last one before it
     * @param takenAt by {@link System#nanoTime}
     */
    public record Look(List<QueueSnapshot> queues, List<Node> nodes, Counts counts, long change, long takenAt) {}
}
