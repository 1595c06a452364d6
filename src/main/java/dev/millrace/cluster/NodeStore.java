package dev.millrace.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps who is there, and what they are told. */
public interface NodeStore {
    /** Announces a node or renews what is known of it. */
    Announced announce(Node node);

    /**
     * The answer to a heartbeat.
     *
     * @param known it was on the list
     * @param order what it was told last; empty for nothing
     */
    record Announced(boolean known, Optional<Order> order) {}

    /**
     * Tells a node what to do, in place of what it was told before: announced to it ({@link
     * dev.millrace.queue.Wakeups.Listener#told}), and the answer to each of its heartbeats from now on. It goes when the
     * node does.
     *
     * @return false when there is no such node
     */
    boolean tell(String id, Order order);

    /** Takes a node off the list, on an orderly exit. */
    void remove(String id);

    /** All nodes whose last heartbeat is at or after {@code since}, by name, then start; others are forgotten. */
    List<Node> list(Instant since);
}
