package dev.millrace.cluster;

import dev.millrace.queue.Wakeups;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Makes heartbeats of nodes that are there for a while only, in a process that goes on. */
@Singleton
public class Heartbeats {
    private final NodeStore store;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final Self self;
    private final ClockOffset clockOffset;

    Heartbeats(NodeStore store, Wakeups wakeups, InstantSource clock, Self self, ClockOffset clockOffset) {
        this.store = store;
        this.wakeups = wakeups;
        this.clock = clock;
        this.self = self;
        this.clockOffset = clockOffset;
    }

    /**
     * Not started. A node that is told to stop takes nothing new, as one that is told to be quiet: the process is not its
     * own to end.
     *
     * @param id unique, at most 128 characters
     * @param activity what the node does
     */
    public Heartbeat of(String id, String name, Activity activity) {
        Steering steering = new Steering(List.of(activity), clockOffset, () -> {});
        return new Heartbeat(store, wakeups, clock, self.as(id, name), steering);
    }
}
