package dev.millrace.storage;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import dev.millrace.cluster.Order;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Nodes behind the breaker. */
@ApplicationScoped
class GuardedNodeStore implements NodeStore {
    private final NodeStore raw;
    private final StoreCalls calls;

    GuardedNodeStore(OpenStorage storage, StoreCalls calls) {
        this.raw = storage.raw().nodes();
        this.calls = calls;
    }

    @Override
    public Announced announce(Node node) {
        return calls.call("node-announce", () -> raw.announce(node));
    }

    @Override
    public boolean tell(String id, Order order) {
        return calls.call("node-tell", () -> raw.tell(id, order));
    }

    @Override
    public void remove(String id) {
        calls.run("node-remove", () -> raw.remove(id));
    }

    @Override
    public List<Node> list(Instant since) {
        return calls.call("node-list", () -> raw.list(since));
    }
}
