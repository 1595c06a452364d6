package dev.millrace.scale;

import dev.millrace.role.Role;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Sees to it that pools can be as configured before anything else begins, and that their processes end with this one. */
@Singleton
@Priority(900)
public class PoolsRole implements Role {
    private static final Duration HANDING_BACK = Duration.ofSeconds(4);

    private final Kicks kicks;
    private final Fleets fleets;

    PoolsRole(Kicks kicks, Fleets fleets) {
        this.kicks = kicks;
        this.fleets = fleets;
    }

    @Override
    public String name() {
        return "pools";
    }

    @Override
    public void start() {
        // Pools that cannot be as configured have been refused by now.
    }

    @Override
    public void quiet() {
        fleets.end();
        // What is still submitted wakes workers elsewhere.
    }

    @Override
    public void stop(Duration drain) {
        long deadline = System.nanoTime() + drain.plus(HANDING_BACK).toNanos();
        kicks.wakers().forEach(Waker::quiet);
        fleets.end();
        fleets.await(deadline);
    }
}
