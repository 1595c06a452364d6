package dev.millrace.cluster;

import java.time.Instant;
import java.util.List;

/** Keeps who is there. */
public interface NodeStore {
    /** Announces a node or renews what is known of it. */
    void announce(Node node);

    /** Takes a node off the list, on an orderly exit. */
    void remove(String id);

    /** All nodes whose last heartbeat is at or after {@code since}, by name, then start; others are forgotten. */
    List<Node> list(Instant since);
}
