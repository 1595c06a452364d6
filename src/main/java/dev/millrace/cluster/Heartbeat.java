package dev.millrace.cluster;

import dev.millrace.queue.Wakeups;
import dev.millrace.role.Role;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final Self self;
    private final Steering steering;
    private final RollCall rollCall;
    private ScheduledExecutorService timer;
    private Wakeups.Subscription subscription;
    private Instant startedAt;
    private volatile boolean stopped;
    private boolean unheard;

    Heartbeat(NodeStore store, Wakeups wakeups, InstantSource clock, Self self, Steering steering) {
        this.store = store;
        this.wakeups = wakeups;
        this.clock = clock;
        this.self = self;
        this.steering = steering;
        this.rollCall = new RollCall(self.id(), self.heartbeat());
    }

    /** Of this node. */
    public RollCall rollCall() {
        return rollCall;
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
        timer.scheduleWithFixedDelay(this::beatOrSay, 0, self.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
        subscription = wakeups.subscribe(new Ears());
    }

    @Override
    public void quiet() {
        // It stays on the list until the other roles have ended.
        steering.end();
        beatSoon();
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
            subscription.close();
            beating.shutdown();
        }
        return beating;
    }

    private synchronized void beatSoon() {
        if (timer != null) {
            timer.execute(this::beatOrSay);
        }
    }

    /** A timer forgets a task that throws. What fails at the end, when the rest of the process may be gone, says nothing. */
    void beatOrSay() {
        try {
            runOnce();
            if (unheard) {
                LOG.infof("Node %s is announced again", self.id());
            }
            unheard = false;
        } catch (Throwable e) {
            if (stopped || MillraceException.isStoreAway(e)) {
                // The store said so once for all; this node is announced with the next beat.
                LOG.debugf("Node %s was not announced: %s", self.id(), e.getMessage());
            } else {
                sayOnce(e);
            }
        }
    }

    private void sayOnce(Throwable e) {
        if (!unheard) {
            LOG.warnf(e, "Node %s cannot be announced: %s", self.id(), e.getMessage());
        }
        unheard = true;
    }

    void runOnce() {
        Instant now = clock.instant();
        if (startedAt == null) {
            startedAt = now;
        }
        Node.Load load = steering.load(now);
        NodeStore.Announced answer = store.announce(self.announced(startedAt, load));
        rollCall.beat(answer.known(), now);
        answer.order().ifPresent(steering::follow);
        if (steering.stage() != load.stage()) {
            store.announce(self.announced(startedAt, load.in(steering.stage())));
        }
    }

    /** Looks at once what this node was told; should a word be lost, the next heartbeat does. */
    private final class Ears implements Wakeups.Listener {
        @Override
        public void ready(String queue) {
            // A node has no tasks of its own.
        }

        @Override
        public void cancelled(TaskId task) {
            // A node has no tasks of its own.
        }

        @Override
        public void ended(TaskId task) {
            // A node has no tasks of its own.
        }

        @Override
        public void told(String node) {
            if (node.equals(self.id())) {
                beatSoon();
            }
        }
    }
}
