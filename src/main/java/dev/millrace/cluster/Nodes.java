package dev.millrace.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Who is there. */
@ApplicationScoped
public class Nodes {
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

    private List<Node> known(boolean present) {
        Instant now = clock.instant();
        Instant since = now.minus(heartbeat.multipliedBy(MISSES));
        Instant remembered = now.minus(MEMORY);
        return store.list(remembered.isBefore(since) ? remembered : since).stream()
                .filter(node -> node.load().heartbeatAt().isBefore(since) != present)
                .toList();
    }
}
