package dev.millrace.scale;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import dev.millrace.task.MillraceException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Reads how much work there is; the cost depends on the number of queues, not of tasks. */
@Singleton
public class Demands {
    private final Queues queues;
    private final Pools pools;
    private final ColdStarts coldStarts;
    private final InstantSource clock;

    Demands(Queues queues, Pools pools, ColdStarts coldStarts, InstantSource clock) {
        this.queues = queues;
        this.pools = pools;
        this.coldStarts = coldStarts;
        this.clock = clock;
    }

    /**
     * Everything.
     *
     * @param queues the most recently used first within their pool
     */
    public record Snapshot(List<QueueDemand> queues, List<PoolDemand> pools) {
        /** Of the queues together, those of no pool included. */
        public long demand() {
            return queues.stream().mapToLong(QueueDemand::wanted).sum();
        }

        /** Of the pools together. */
        public int workers() {
            return pools.stream().mapToInt(PoolDemand::workers).sum();
        }
    }

    /**
     * @param name of the only pool to look at; null for all, and for queues of none
     * @param visible which queues to count
     * @throws MillraceException {@code INVALID_REQUEST} when there is no such pool
     */
    public Snapshot read(String name, Predicate<String> visible) {
        List<String> names = queues.names().stream().filter(visible).toList();
        List<QueueDemand> all = new ArrayList<>(names.size());
        List<PoolDemand> byPool = new ArrayList<>();
        for (Pool pool : name == null ? pools.all() : List.of(pools.named(name))) {
            List<QueueDemand> own = of(pool, names);
            all.addAll(own);
            byPool.add(PoolDemand.of(pool, own, coldStarts.of(pool), clock.instant()));
        }
        if (name == null) {
            List<String> nobodys =
                    names.stream().filter(queue -> pools.of(queue) == null).toList();
            all.addAll(demands(null, nobodys, Duration.ZERO));
        }
        return new Snapshot(all, byPool);
    }

    /** Of one pool. */
    PoolDemand of(Pool pool) {
        return PoolDemand.of(pool, of(pool, queues.names()), coldStarts.of(pool), clock.instant());
    }

    private List<QueueDemand> of(Pool pool, List<String> names) {
        List<String> own = names.stream()
                .filter(name -> Objects.equals(pools.of(name), pool))
                .toList();
        return demands(pool.name(), own, coldStarts.of(pool));
    }

    private List<QueueDemand> demands(String pool, List<String> names, Duration ahead) {
        List<QueueSnapshot> snapshots = queues.ahead(names, ahead);
        Instant at = clock.instant().plus(ahead);
        return snapshots.stream().map(queue -> new QueueDemand(queue, pool, at)).toList();
    }
}
