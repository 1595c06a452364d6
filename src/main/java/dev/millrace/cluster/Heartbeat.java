package dev.millrace.cluster;

import dev.millrace.role.Role;
import io.quarkus.arc.All;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Says that this node is there, in every process whatever its roles: on the list before any role begins, off it after
 * the last has ended.
 */
@Singleton
@Priority(1000)
public class Heartbeat implements Role {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final Duration LAST_BEAT = Duration.ofSeconds(2);

    private final NodeStore store;
    private final InstantSource clock;
    private final Self self;
    private final Duration interval;
    private final List<Activity> activities;
    private final Vitals vitals = new Vitals();
    private ScheduledExecutorService timer;
    private Instant startedAt;
    private boolean stopped;
    private boolean unheard;

    Heartbeat(NodeStore store, InstantSource clock, Self self, NodeConfig config, @All List<Activity> activities) {
        this.store = store;
        this.clock = clock;
        this.self = self;
        this.interval = config.heartbeat();
        this.activities = activities;
    }

    @Override
    public String name() {
        return "node";
    }

    @Override
    public synchronized void start() {
        if (timer != null || stopped) {
            return;
        }
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("heartbeat").factory());
        timer.scheduleWithFixedDelay(this::beatOrSay, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void quiet() {
        // Stays on the list until the other roles have ended.
    }

    @Override
    public void stop(Duration drain) {
        ScheduledExecutorService beating = end();
        if (beating == null) {
            return;
        }
        try {
            if (!beating.awaitTermination(LAST_BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                beating.shutdownNow();
            }
            store.remove(self.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("Node %s stays on the list until it is missed: %s", self.id(), e.getMessage());
        }
    }

    private synchronized ScheduledExecutorService end() {
        stopped = true;
        ScheduledExecutorService beating = timer;
        timer = null;
        if (beating != null) {
            beating.shutdown();
        }
        return beating;
    }

    /** A timer forgets a task that throws. */
    private void beatOrSay() {
        try {
            runOnce();
            if (unheard) {
                LOG.infof("Node %s is announced again", self.id());
            }
            unheard = false;
        } catch (RuntimeException e) {
            if (!unheard) {
                LOG.warnf("Node %s cannot be announced: %s", self.id(), e.getMessage());
            }
            unheard = true;
        }
    }

    void runOnce() {
        Instant now = clock.instant();
        if (startedAt == null) {
            startedAt = now;
        }
        int running = activities.stream().mapToInt(Activity::running).sum();
        store.announce(self.announced(startedAt, new Node.Load(now, running, vitals.cpu(), vitals.memoryBytes())));
    }
}
