package dev.millrace.scale;

import dev.millrace.cluster.Chore;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Wakes workers for what nobody woke them for: tasks that fell due, expired leases, kicks that were lost. */
@Singleton
class KickPools implements Chore {
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Kicks kicks;

    KickPools(Kicks kicks) {
        this.kicks = kicks;
    }

    @Override
    public String name() {
        return "kick-pools";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public int runOnce() {
        return kicks.wakers().stream().mapToInt(Waker::sweep).sum();
    }
}
