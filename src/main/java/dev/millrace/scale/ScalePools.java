package dev.millrace.scale;

import dev.millrace.cluster.Chore;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Has as many worker processes as the pools want that are run here. */
@Singleton
class ScalePools implements Chore {
    private final Fleets fleets;

    ScalePools(Fleets fleets) {
        this.fleets = fleets;
    }

    @Override
    public String name() {
        return "scale-pools";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    public int runOnce() {
        return fleets.runOnce();
    }
}
