package dev.millrace.storage;

import dev.millrace.cluster.NodeStore;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.route.AccountStore;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.monitor.StoreBackup;
import dev.millrace.monitor.StoreCheck;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Wakeups;
import java.time.InstantSource;

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
        StoreCheck check,
        StoreBackup backup,
        InstantSource clock,
        byte[] secret,
        Runnable closer)
        implements AutoCloseable {
    @Override
    public void close() {
        closer.run();
    }
}
