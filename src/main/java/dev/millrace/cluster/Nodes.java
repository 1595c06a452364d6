package dev.millrace.cluster;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Who is there. */
@ApplicationScoped
public class Nodes {
    private static final Logger LOG = Logger.getLogger(Nodes.class);

    /** Heartbeats that a node may miss before it is taken for gone. */
    static final int MISSES = 3;

    /** How long a node that ended without a word is remembered, so that somebody can see that it did. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private final NodeStore store;
    private final InstantSource clock;
    private final Duration heartbeat;

    public Nodes(NodeStore store, InstantSource clock, NodeConfig config) {
        this.store = store;
        this.clock = clock;
        this.heartbeat = config.heartbeat();
    }

    /** All nodes that were heard of lately, by name, then start. */
    public List<Node> list() {
        return known(true);
    }

    /** Those that were not heard of lately though they did not say goodbye; they are forgotten after an hour. */
    public List<Node> missing() {
        return known(false);
    }

    /**
     * Tells a node with the role worker what to do. It hears of it at once where the store's announcements reach it, else
     * with its next heartbeat; telling it again does no harm, and no later process is told, whatever its name.
     *
     * @param by who says so, for the log
     * @return the node, which may have followed already
     * @throws MillraceException {@code NOT_FOUND}; {@code ILLEGAL_TRANSITION} for one without that role, or that is about to
     *     end
     */
    public Node tell(String id, Order order, String by) {
        Node node = existing(id);
        if (!node.isWorker()) {
            throw new MillraceException(
                    ErrorCode.ILLEGAL_TRANSITION,
                    "Node " + id + " does not have the role worker: there is nothing to " + order.wire() + ".");
        }
        if (node.load().stage() == Node.Stage.STOPPING && order != Order.STOP) {
            throw new MillraceException(ErrorCode.ILLEGAL_TRANSITION, "Node " + id + " is about to end already.");
        }
        if (!store.tell(id, order)) {
            throw notFound();
        }
        LOG.infof("Node %s is told to %s by %s", id, order.wire(), by);
        return find(id).orElse(node); // one that stopped may be gone already
    }

    private Node existing(String id) {
        return find(id).orElseThrow(Nodes::notFound);
    }

    private Optional<Node> find(String id) {
        return list().stream().filter(node -> node.id().equals(id)).findFirst();
    }

    private static MillraceException notFound() {
        return new MillraceException(
                ErrorCode.NOT_FOUND, "There is no node of this id, or it was not heard of for three heartbeats.");
    }

    private List<Node> known(boolean present) {
        Instant now = clock.instant();
        Instant since = now.minus(heartbeat.multipliedBy(MISSES));
        Instant remembered = now.minus(MEMORY);
        return store.list(remembered.isBefore(since) ? remembered : since).stream()
                .filter(node -> node.load().heartbeatAt().isBefore(since) != present)
                .toList();
    }
}
