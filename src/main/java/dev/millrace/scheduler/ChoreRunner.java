package dev.millrace.scheduler;

import dev.millrace.cluster.Chore;
import dev.millrace.role.Role;
import dev.millrace.role.RoleConfig;
import dev.millrace.task.MillraceException;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Does the chores, each at its interval, for as long as the process runs. */
@Singleton
@LookupIfProperty(name = "millrace.role.scheduler", stringValue = "true", lookupIfMissing = true)
public class ChoreRunner implements Role {
    private static final Logger LOG = Logger.getLogger(ChoreRunner.class);
    private static final Duration LAST_STEP = Duration.ofSeconds(2);

    private final Chores chores;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService timer;
    private volatile boolean stopped;

    ChoreRunner(Chores chores) {
        this.chores = chores;
    }

    @Override
    public String name() {
        return RoleConfig.SCHEDULER;
    }

    /** Nodes that were started together do not all begin at the same moment. */
    @Override
    public synchronized void start() {
        if (timer != null || stopped) {
            return;
        }
        timer = Executors.newScheduledThreadPool(
                chores.all().size(), Thread.ofVirtual().name("chore-", 0).factory());
        for (Chore chore : chores.all()) {
            long interval = chore.interval().toMillis();
            long first = ThreadLocalRandom.current().nextLong(interval);
            timer.scheduleWithFixedDelay(() -> runOnce(chore), first, interval, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void quiet() {
        stopped = true;
        if (timer != null) {
            timer.shutdown();
        }
    }

    @Override
    public void stop(Duration drain) {
        quiet();
        ScheduledExecutorService ending = timer;
        if (ending == null) {
            return;
        }
        try {
            if (!ending.awaitTermination(Math.max(drain.toMillis(), LAST_STEP.toMillis()), TimeUnit.MILLISECONDS)) {
                ending.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever a chore throws, it has its next turn; one line when it begins to fail, one when it is well again, none at the end. */
    void runOnce(Chore chore) {
        try {
            int done = chore.runOnce();
            LOG.debugf("Chore %s: %d done", chore.name(), done);
            if (failing.remove(chore.name())) {
                LOG.infof("Chore %s works again", chore.name());
            }
        } catch (Throwable e) { // An Error, too: a timer forgets what throws.
            if (stopped || MillraceException.isStoreAway(e)) {
                LOG.debugf("Chore %s waits for the store: %s", chore.name(), e.getMessage());
            } else if (failing.add(chore.name())) {
                LOG.warnf(e, "Chore %s fails and is tried again: %s", chore.name(), e.getMessage());
            }
        }
    }
}
