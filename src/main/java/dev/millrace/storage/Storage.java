package dev.millrace.storage;

import dev.millrace.cluster.NodeStore;
import dev.millrace.cluster.Standstill;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.route.AccountStore;
import dev.millrace.monitor.LogStore;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.monitor.StoreBackup;
import dev.millrace.monitor.StoreCheck;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Wakeups;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open store: every port there is, and what belongs to it.
 *
 * @param clock the store's time
 * @param secret 32 random bytes that all nodes on this store share, made when the store was; signs lease tokens
 * @param closer releases connections, files and threads; safe to call twice
 */
public record Storage(
        TaskStore tasks,
        QueueStore queues,
        Wakeups wakeups,
        SeriesStore series,
        NodeStore nodes,
        DestinationStore destinations,
        AccountStore accounts,
        LogStore logs,
        StoreCheck check,
        StoreBackup backup,
        Standstill standstill,
        InstantSource clock,
        byte[] secret,
        Runnable closer)
        implements AutoCloseable {
    /** All of them in their order, the first time it is run; nothing after that. */
    public static Runnable once(List<Runnable> steps) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                steps.forEach(Runnable::run);
            }
        };
    }

    @Override
    public void close() {
        closer.run();
    }
}
