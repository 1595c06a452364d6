package dev.millrace.worker;

import dev.millrace.queue.AttemptLog;
import dev.millrace.queue.Lease;
import dev.millrace.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/** The tasks in this worker's hands: from their lease until the store took their end, or the lease was lost. */
final class Held {
    private static final Logger LOG = Logger.getLogger(Held.class);

    private final Handlers handlers;
    private final ConcurrentMap<TaskId, Run> runs = new ConcurrentHashMap<>();
    private volatile Runnable onDrop = () -> {};

    Held(Handlers handlers) {
        this.handlers = handlers;
    }

    /** Called whenever one was dropped. */
    void onDrop(Runnable listener) {
        onDrop = listener;
    }

    /**
     * @param slice under whose leave they were leased
     * @param leasedAt by {@link System#nanoTime}, before the store was asked
     */
    List<Run> take(List<Lease> leases, Slice slice, long leasedAt) {
        List<Run> taken = new ArrayList<>(leases.size());
        for (Lease lease : leases) {
            Run run = new Run(lease, handlers.of(lease.task().spec().type()), slice, leasedAt);
            Run earlier = runs.put(lease.token().task(), run);
            if (earlier != null) {
                lost(earlier);
            }
            taken.add(run);
        }
        return taken;
    }

    /** Done with; a later run of the same task stays. */
    void drop(Run run) {
        if (!runs.remove(run.token().task(), run)) {
            return;
        }
        if (run.wasDone()) {
            run.slice().done(1);
        }
        onDrop.run();
        if (runs.isEmpty()) {
            synchronized (runs) {
                runs.notifyAll();
            }
        }
    }

    /** Someone cancelled the task. Does not block. */
    void cancelled(TaskId task) {
        Run run = runs.get(task);
        if (run != null && run.cut(Cancellation.CANCELLED, null)) {
            LOG.debugf("Cancelled: %s", run);
            drop(run);
        }
    }

    /** The store says that the lease is no longer this worker's: whatever the handler still does counts for nothing. */
    void lost(Run run) {
        if (run.cut(Cancellation.LEASE_LOST, null)) {
            AttemptLog.say(
                    LOG, Logger.Level.WARN, "Lease lost, the run goes on without us or not at all", run.lease(), null);
        }
        drop(run);
    }

    Collection<Run> all() {
        return runs.values();
    }

    int size() {
        return runs.size();
    }

    /** True when nothing is held any more within this time. */
    boolean awaitNone(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (runs) {
            while (!runs.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                runs.wait(Math.max(1, left / 1_000_000));
            }
        }
        return true;
    }
}
