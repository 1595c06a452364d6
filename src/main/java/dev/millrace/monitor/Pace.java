package dev.millrace.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How fast a queue went lately.
 *
 * @param started leases given, of all types
 * @param ended attempts of one type that came to an end by themselves
 * @param over the time in which that happened
 */
public record Pace(long started, long ended, Duration over) {
    /** As far back as it is looked. */
    public static final Duration LOOK = Duration.ofMinutes(10);

    private static final Set<String> ENDS = Set.of("succeeded", "failed", "dead");

    static Pace of(List<Minute> minutes, String type, Instant now) {
        long started = 0;
        long ended = 0;
        Instant first = now;
        for (Minute minute : minutes) {
            long ends = minute.ended().getOrDefault(type, Map.of()).entrySet().stream()
                    .filter(end -> ENDS.contains(end.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            started += minute.started();
            ended += ends;
            first = ends > 0 && minute.at().isBefore(first) ? minute.at() : first;
        }
        Duration over = Duration.between(first, now);
        return new Pace(started, ended, over.isPositive() ? over : Duration.ofSeconds(1));
    }

    /** Until so many tasks of the type have ended; null when none did lately. */
    Duration until(int tasks) {
        if (ended == 0) {
            return null;
        }
        return Duration.ofMillis((long) ((double) over.toMillis() / ended * tasks));
    }
}
