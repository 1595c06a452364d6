package dev.millrace.dashboard;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The queues and nodes as they are now: one look a second, however many pages ask. */
@Singleton
public class Present {
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Queues queues;
    private final Nodes nodes;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look last;

    Present(Queues queues, Nodes nodes) {
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
        if (known != null && known.fresh()) {
            return known;
        }
        looking.lock();
        try {
            if (last == null || !last.fresh()) {
                last = take();
            }
            return last;
        } finally {
            looking.unlock();
        }
    }

    /** What changed something calls this, so that the next page shows it. */
    public void forget() {
        last = null;
    }

    private Look take() {
        List<QueueSnapshot> queuesNow = queues.all();
        List<Node> nodesNow = nodes.list();
        long workers = nodesNow.stream()
                .filter(node -> node.roles().contains("worker"))
                .count();
        return new Look(queuesNow, nodesNow, Counts.of(queuesNow, workers), System.nanoTime());
    }

    /**
     * @param queues the most recently used first
     * @param nodes by name
     */
    public record Look(List<QueueSnapshot> queues, List<Node> nodes, Counts counts, long takenAt) {
        boolean fresh() {
            return System.nanoTime() - takenAt < FRESH_NANOS;
        }
    }
}
