package dev.millrace.scale;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** The worker processes of all pools that are to be run here. */
@Singleton
class Fleets {
    private static final Logger LOG = Logger.getLogger(Fleets.class);

    private final Demands demands;
    private final InstantSource clock;
    private final Map<Pool, Fleet> fleets = new LinkedHashMap<>();

    Fleets(Pools pools, PoolsConfig config, Demands demands, InstantSource clock) {
        this.demands = demands;
        this.clock = clock;
        for (Pool pool : pools.all()) {
            PoolsConfig.Pool settings = config.pools().get(pool.name());
            if (settings != null && settings.processes()) {
                fleets.put(
                        pool, new Fleet(pool.name(), policy(pool.size(), settings), () -> WorkerProcess.start(pool)));
            }
        }
    }

    private static ScalingPolicy policy(Pool.Size size, PoolsConfig.Pool settings) {
        return switch (settings.policy()) {
            case TARGET -> new TargetPolicy(size, settings.cooldown());
            case THRESHOLDS -> new ThresholdPolicy(size, settings.scaleUp(), settings.scaleDown(), settings.cooldown());
        };
    }

    Collection<Fleet> all() {
        return fleets.values();
    }

    /** How many processes it started and told to end. */
    int runOnce() {
        int changed = 0;
        for (Map.Entry<Pool, Fleet> fleet : fleets.entrySet()) {
            PoolDemand demand = demands.of(fleet.getKey());
            changed += fleet.getValue().runOnce(demand.demand(), clock.instant());
        }
        return changed;
    }

    void end() {
        all().forEach(Fleet::end);
    }

    /** Until all have ended, or the time by {@link System#nanoTime} is up. */
    void await(long deadline) {
        try {
            for (Fleet fleet : all()) {
                fleet.await(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Worker processes are left to end by themselves");
        }
    }
}
