package dev.millrace.worker;

import dev.millrace.queue.Extension;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The store as a worker uses it; says once when it goes away and once when it is back. */
final class WatchedStore {
    private static final Logger LOG = Logger.getLogger(WatchedStore.class);

    private final WorkerStore store;
    private volatile boolean away;
    private long awaySince;

    WatchedStore(WorkerStore store) {
        this.store = store;
    }

    static boolean isAway(Throwable e) {
        return e instanceof MillraceException known && known.code() == ErrorCode.STORE_UNAVAILABLE;
    }

    Instant now() {
        return store.clock().instant();
    }

    List<Lease> lease(LeaseRequest request) {
        return watch(() -> store.tasks().lease(request, now()));
    }

    List<Settled> settle(List<Settlement> settlements, Instant now) {
        return watch(() -> store.tasks().settle(settlements, now));
    }

    /** The attempt ended so, and the store has it. */
    void ended(Task task, Verdict verdict) {
        store.tally().ended(task, verdict);
    }

    List<Settled> extend(List<Extension> extensions, Instant now) {
        return watch(() -> store.tasks().extend(extensions, now));
    }

    void report(List<Report> reports, Instant now) {
        watch(() -> store.tasks().report(reports, now));
    }

    /** Not watched: in an outage they may come from memory, and say nothing of the store. */
    List<String> queues() {
        return List.copyOf(store.queues().names().keySet());
    }

    List<QueueSnapshot> look(List<String> queues, Instant now) {
        return watch(() -> store.queues().findAll(queues, now));
    }

    private <T> T watch(Supplier<T> call) {
        try {
            T answer = call.get();
            if (away) {
                back();
            }
            return answer;
        } catch (MillraceException e) {
            if (isAway(e) && !away) {
                gone(e);
            }
            throw e;
        }
    }

    private synchronized void gone(MillraceException cause) {
        if (!away) {
            away = true;
            awaySince = System.nanoTime();
            LOG.warnf("The worker cannot reach the store and keeps trying: %s", cause.getMessage());
        }
    }

    private synchronized void back() {
        if (away) {
            away = false;
            LOG.infof("The worker reaches the store again, after %s", Duration.ofNanos(System.nanoTime() - awaySince));
        }
    }
}
