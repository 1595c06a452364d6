package dev.millrace.scale;

import java.time.Duration;
import java.time.Instant;

/** As many as the tasks need at the pool's target each: more at once, fewer only when they were not needed for a while. */
final class TargetPolicy implements ScalingPolicy {
    private final Pool.Size size;
    private final Duration cooldown;
    private Instant neededAt = Instant.MIN;

    TargetPolicy(Pool.Size size, Duration cooldown) {
        this.size = size;
        this.cooldown = cooldown;
    }

    @Override
    public int workers(int workers, long demand, Instant now) {
        int wanted = size.workers(demand);
        if (wanted >= workers) {
            neededAt = now;
            return wanted;
        }
        return neededAt.isAfter(now.minus(cooldown)) ? workers : wanted;
    }
}
