package dev.millrace.monitor;

import dev.millrace.cluster.Self;
import dev.millrace.cluster.SharedStore;
import dev.millrace.role.Role;
import dev.millrace.task.MillraceException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Puts what Millrace says on this node where other nodes can read it, once a second at most and beside the work; to the end, so that
 * what was said while the others ended can be read as well. Lines that the store does not take are sent again as long as
 * they are kept here. What handlers and libraries log is nobody's business but this process's.
 */
@Singleton
@Priority(1100)
public final class LogSharing implements Role {
    private static final Logger LOG = Logger.getLogger(LogSharing.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final NodeLog log;
    private final LogStore store;
    private final String node;
    private final boolean several;
    private ScheduledExecutorService timer;
    private volatile boolean stopped;
    private long sent;
    private boolean refused;

    @Inject
    LogSharing(NodeLog log, LogStore store, Self self, SharedStore shared) {
        this(log, store, self.id(), shared.several());
    }

    LogSharing(NodeLog log, LogStore store, String node, boolean several) {
        this.log = log;
        this.store = store;
        this.node = node;
        this.several = several;
    }

    @Override
    public String name() {
        return "log-sharing";
    }

    @Override
    public synchronized void start() {
        if (timer != null || stopped || !several) {
            return;
        }
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("log-sharing").factory());
        timer.scheduleWithFixedDelay(this::runOnce, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void quiet() {
        // What is said while the others end is worth reading.
    }

    @Override
    public void stop(Duration drain) {
        ScheduledExecutorService sharing = end();
        if (sharing == null) {
            return;
        }
        try {
            sharing.execute(this::runOnce);
            sharing.shutdown();
            if (!sharing.awaitTermination(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)) {
                sharing.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized ScheduledExecutorService end() {
        stopped = true;
        ScheduledExecutorService sharing = timer;
        timer = null;
        return sharing;
    }

    /**
     * Says nothing when the store is away: that is said elsewhere, and would be one more line to send. Whatever else goes wrong
     * is said once, and must not end the timer, which forgets what throws.
     */
    void runOnce() {
        List<NodeLog.Line> fresh = log.ownAfter(sent);
        if (fresh.isEmpty()) {
            return;
        }
        try {
            store.add(node, fresh);
            sent = fresh.getLast().number();
            refused = false;
        } catch (Throwable e) {
            // They are sent with the next ones.
            if (!refused && !stopped && !MillraceException.isStoreAway(e)) {
                LOG.warnf(e, "The store does not take the log of this node, so other nodes cannot tell it");
                refused = true;
            }
        }
    }
}
