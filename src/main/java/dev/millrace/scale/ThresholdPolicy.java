package dev.millrace.scale;

import java.time.Duration;
import java.time.Instant;

/**
 * One more while the demand is above a threshold, one less while it is below another, and a while between any two changes.
 * The first worker starts for any task, and the last one ends only when there is none.
 */
final class ThresholdPolicy implements ScalingPolicy {
    private final Pool.Size size;
    private final long up;
    private final long down;
    private final Duration cooldown;
    private Instant changedAt = Instant.MIN;

    ThresholdPolicy(Pool.Size size, long up, long down, Duration cooldown) {
        this.size = size;
        this.up = up;
        this.down = down;
        this.cooldown = cooldown;
    }

    @Override
    public int workers(int workers, long demand, Instant now) {
        int wanted = Math.clamp(step(workers, demand), size.min(), size.max());
        boolean calm = workers > 0 && changedAt.isAfter(now.minus(cooldown));
        if (wanted == workers || (calm && workers >= size.min() && workers <= size.max())) {
            return workers;
        }
        changedAt = now;
        return wanted;
    }

    private int step(int workers, long demand) {
        if (workers == 0) {
            return demand > 0 ? 1 : 0;
        }
        if (demand > up) {
            return workers + 1;
        }
        boolean last = workers == 1 && demand > 0;
        return demand < down && !last ? workers - 1 : workers;
    }
}
