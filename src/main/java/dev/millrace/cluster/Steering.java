package dev.millrace.cluster;

import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;

/** How this process works: it follows what it is told, and says how it is. */
@Singleton
class Steering {
    private static final Logger LOG = Logger.getLogger(Steering.class);

    private final List<Activity> activities;
    private final ClockOffset clockOffset;
    private final Runnable exit;
    private final Vitals vitals = new Vitals();
    private volatile Node.Stage stage = Node.Stage.ACTIVE;

    @Inject
    Steering(@All List<Activity> activities, ClockOffset clockOffset) {
        this(activities, clockOffset, () -> Quarkus.asyncExit(0));
    }

    /**
     * @param exit ends the process in order; does not wait for that
     */
    Steering(List<Activity> activities, ClockOffset clockOffset, Runnable exit) {
        this.activities = activities;
        this.clockOffset = clockOffset;
        this.exit = exit;
    }

    Node.Load load(Instant now) {
        return new Node.Load(
                now,
                activities.stream().mapToInt(Activity::running).sum(),
                vitals.cpu(),
                vitals.memoryBytes(),
                stage,
                clockOffset.now().truncatedTo(ChronoUnit.MILLIS));
    }

    Node.Stage stage() {
        return stage;
    }

    /** Does what it is told, unless it has already; one that is about to end stays so. */
    synchronized void follow(Order order) {
        if (stage == Node.Stage.STOPPING || stage == order.leadsTo()) {
            return;
        }
        LOG.infof("This node was told to %s, and does", order.wire());
        stage = order.leadsTo();
        activities.forEach(activity -> activity.rest(order != Order.RESUME));
        if (order == Order.STOP) {
            exit.run();
        }
    }

    /** This process is about to end. */
    synchronized void end() {
        stage = Node.Stage.STOPPING;
    }
}
