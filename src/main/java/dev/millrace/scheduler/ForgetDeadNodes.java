package dev.millrace.scheduler;

import dev.millrace.cluster.Chore;
import dev.millrace.cluster.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Forgets nodes that were not heard of for an hour; looking at the list does it, and does not say how many. */
@ApplicationScoped
class ForgetDeadNodes implements Chore {
    private final Nodes nodes;

    ForgetDeadNodes(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "forget-dead-nodes";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int runOnce() {
        nodes.list();
        return 0;
    }
}
