package dev.millrace.monitor;

import dev.millrace.queue.QueueSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Follows the store's minutes from the one in which the process started, and adds up what is new in them. A minute is
 * read again while the next one runs, as late writers may still add to it. Queues in which nothing moves are not asked
 * for. Not safe for threads.
 */
final class SeriesReader {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofMinutes(3);

    private final SeriesStore store;
    private final Totals totals;
    private final Instant start;
    private Map<String, Seen> seen = Map.of();

    SeriesReader(SeriesStore store, Totals totals, Instant processStart) {
        this.store = store;
        this.totals = totals;
        this.start = minuteOf(processStart);
    }

    void read(List<QueueSnapshot> queues, Instant now) {
        Map<String, Seen> next = new HashMap<>();
        for (QueueSnapshot queue : queues) {
            Seen before = seen.getOrDefault(queue.name(), new Seen(null, now, start, Map.of()));
            next.put(queue.name(), before.quiet(queue, now) ? before : read(queue, before, now));
        }
        seen = next;
    }

    private Seen read(QueueSnapshot queue, Seen before, Instant now) {
        Instant thisMinute = minuteOf(now);
        List<Minute> minutes = store.minutes(queue.name(), before.openFrom, thisMinute.plus(MINUTE));
        minutes.forEach(minute -> totals.add(queue.name(), before.open.get(minute.at()), minute));
        Instant openFrom = thisMinute.minus(MINUTE);
        Map<Instant, Minute> open = minutes.stream()
                .filter(minute -> !minute.at().isBefore(openFrom))
                .collect(Collectors.toMap(Minute::at, Function.identity()));
        return new Seen(queue, before.same(queue) ? before.movedAt : now, openFrom, open);
    }

    private static Instant minuteOf(Instant at) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 60L) * 60);
    }

    /**
     * What is known of a queue.
     *
     * @param queue null before the first look
     * @param open the minutes from {@code openFrom} on as they were read last
     */
    private record Seen(QueueSnapshot queue, Instant movedAt, Instant openFrom, Map<Instant, Minute> open) {
        boolean same(QueueSnapshot later) {
            return queue != null
                    && later.counts().equals(queue.counts())
                    && Objects.equals(later.lastUsedAt(), queue.lastUsedAt());
        }

        boolean quiet(QueueSnapshot later, Instant now) {
            return same(later) && movedAt.isBefore(now.minus(QUIET));
        }
    }
}
