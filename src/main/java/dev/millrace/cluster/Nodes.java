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

    private final NodeStore store;
    private final InstantSource clock;
    private final Duration heartbeat;

    public Nodes(NodeStore store, InstantSource clock, NodeConfig config) {
        this.store = store;
        this.clock = clock;
        this.heartbeat = config.heartbeat();
    }

    /** All nodes that were heard of lately, by name, then start; those that were not are forgotten. */
    public List<Node> list() {
        Instant since = clock.instant().minus(heartbeat.multipliedBy(MISSES));
        return store.list(since);
    }
}
