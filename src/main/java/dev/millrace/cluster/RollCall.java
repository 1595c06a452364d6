package dev.millrace.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether all nodes have had the time to say that they are there. They have not while the list has just begun anew, as
 * after an outage of the store or in one that came back empty: who is not on it says nothing of who is there.
 */
public final class RollCall {
    /** Heartbeats that the others are waited for. */
    private static final int BEATS = 2;

    private final String self;
    private final Duration patience;
    private volatile Instant since;
    private volatile Instant last;

    /**
     * @param self id of the node that looks
     */
    public RollCall(String self, Duration heartbeat) {
        this.self = self;
        this.patience = heartbeat.multipliedBy(BEATS);
    }

    /**
     * The node announced itself.
     *
     * @param known it was on the list until then
     */
    public void beat(boolean known, Instant now) {
        if (!known || last == null || last.plus(patience).isBefore(now)) {
            since = now;
        }
        last = now;
    }

    /**
     * @param present the list as it is now
     */
    public boolean isComplete(List<Node> present, Instant now) {
        Instant begun = since;
        return begun != null
                && !begun.plus(patience).isAfter(now)
                && present.stream().anyMatch(node -> node.id().equals(self));
    }
}
