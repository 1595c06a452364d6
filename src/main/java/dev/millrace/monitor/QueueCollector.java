package dev.millrace.monitor;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import dev.millrace.task.MillraceException;
import io.prometheus.client.Collector;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The metrics that the store itself counts, read when they are asked for and good for two seconds. They are the
 * installation's, the same on every node: take the maximum over nodes, not the sum. The histograms are the store's own,
 * which Micrometer cannot take over, so they go to the Prometheus registry below it.
 */
@Singleton
class QueueCollector extends Collector implements Collector.Describable {
    private static final Logger LOG = Logger.getLogger(QueueCollector.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final Queues queues;
    private final InstantSource clock;
    private final Labels labels;
    private final Totals totals;
    private final MinuteFollower series;
    private List<MetricFamilySamples> last;
    private long readAt;
    private boolean failing;

    QueueCollector(Queues queues, SeriesStore store, InstantSource clock, MetricsConfig config) {
        this.queues = queues;
        this.clock = clock;
        this.labels = new Labels(config.queues());
        this.totals = new Totals(labels, new Labels(config.types()));
        Instant start = clock.instant();
        this.series = new MinuteFollower(store, now -> start, totals::add);
    }

    @Override
    public synchronized List<MetricFamilySamples> collect() {
        if (last == null || System.nanoTime() - readAt >= FRESH_NANOS) {
            last = read();
            readAt = System.nanoTime();
        }
        return last;
    }

    /** The names alone, so that the store is not asked before anybody wants to know. */
    @Override
    public List<MetricFamilySamples> describe() {
        return Families.of(Figures.NONE, new Totals(labels, labels));
    }

    /** While the store does not answer there are no gauges, and the counters stand still. */
    private List<MetricFamilySamples> read() {
        try {
            Instant now = clock.instant();
            List<QueueSnapshot> all = queues.all();
            series.read(all, all.size(), now);
            failing = false;
            return Families.of(Figures.of(all, labels, now), totals);
        } catch (RuntimeException e) {
            if (!failing && !MillraceException.isStoreAway(e)) {
                LOG.errorf(e, "The metrics of queues cannot be read, and are missing until they can");
                failing = true;
            }
            return Families.of(Figures.NONE, totals);
        }
    }
}
