package dev.millrace.scale;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long it takes to wake a worker of each pool: measured by the kicks of this process, until then as configured. */
@Singleton
class ColdStarts {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Map<String, Duration> measured = new ConcurrentHashMap<>();

    Duration of(Pool pool) {
        return measured.getOrDefault(pool.name(), pool.coldStart());
    }

    /** One measurement: a slower one counts at once, a quicker one by half. */
    void note(Pool pool, Duration took) {
        Duration bounded = took.compareTo(LONGEST) > 0 ? LONGEST : took;
        measured.merge(
                pool.name(),
                bounded,
                (before, now) ->
                        now.compareTo(before) >= 0 ? now : before.plus(now).dividedBy(2));
    }
}
