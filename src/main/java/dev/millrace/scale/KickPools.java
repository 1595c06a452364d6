package dev.millrace.scale;

import dev.millrace.cluster.Chore;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Wakes workers for what nobody woke them for: tasks that fell due, expired leases, kicks that were lost. */
@Singleton
class KickPools implements Chore {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Kicks kicks;
    private final Duration interval;

    /** @throws MillraceException with a sentence when the interval cannot be */
    KickPools(Kicks kicks, KicksConfig config) {
        this.kicks = kicks;
        this.interval = config.sweep();
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new MillraceException(
                    ErrorCode.INVALID_REQUEST, "millrace.kicks.sweep must be " + SHORTEST + " to " + LONGEST + ".");
        }
    }

    @Override
    public String name() {
        return "kick-pools";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public int runOnce() {
        return kicks.wakers().stream().mapToInt(waker -> waker.sweep(interval)).sum();
    }
}
