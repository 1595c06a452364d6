package dev.millrace.monitor;

import dev.millrace.queue.QueueSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Follows the minutes of queues, and tells what is new in them. A minute is read again while the next one runs, as late
 * writers may still add to it. Queues in which nothing moves are not asked for. Not safe for threads.
 */
public final class MinuteFollower {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofMinutes(3);

    /** Minutes asked for in one call, about: two of each queue are few, the whole day of a new one is many. */
    private static final long AT_ONCE = 3_000;

    private final SeriesStore store;
    private final UnaryOperator<Instant> since;
    private final Listener listener;
    private final Map<String, Seen> seen = new HashMap<>();

    /** What is told. */
    public interface Listener {
        /**
         * @param before the same minute as it was told last; null when it was not
         */
        void read(String queue, Minute before, Minute after);
    }

    /**
     * @param since from when on a queue is followed that is seen for the first time, by when that is
     */
    public MinuteFollower(SeriesStore store, UnaryOperator<Instant> since, Listener listener) {
        this.store = store;
        this.since = since;
        this.listener = listener;
    }

    /**
     * Reads what is new of the first so many queues. Only a queue that is not there at all is forgotten: one that is left
     * out this time is followed further from where it was.
     *
     * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE}; the next call goes on where this one failed
     */
    public void read(List<QueueSnapshot> queues, int most, Instant now) {
        seen.keySet().retainAll(queues.stream().map(QueueSnapshot::name).collect(Collectors.toSet()));
        Map<QueueSnapshot, Seen> moving = new LinkedHashMap<>();
        long minutes = 0;
        for (QueueSnapshot queue : queues.subList(0, Math.min(most, queues.size()))) {
            Seen before = seen.get(queue.name());
            if (before == null) {
                before = new Seen(null, now, minuteOf(since.apply(now)), Map.of());
            }
            if (!before.quiet(queue, now)) {
                moving.put(queue, before);
                minutes += Duration.between(before.openFrom, now).toMinutes() + 1;
            }
            if (minutes >= AT_ONCE) {
                read(moving, now);
                moving.clear();
                minutes = 0;
            }
        }
        read(moving, now);
    }

    private void read(Map<QueueSnapshot, Seen> moving, Instant now) {
        if (moving.isEmpty()) {
            return;
        }
        Map<String, Instant> from = new HashMap<>();
        moving.forEach((queue, before) -> from.put(queue.name(), before.openFrom));
        Map<String, List<Minute>> minutes = store.minutes(from, minuteOf(now).plus(MINUTE));
        moving.forEach((queue, before) -> seen.put(queue.name(), tell(queue, before, minutes.get(queue.name()), now)));
    }

    private Seen tell(QueueSnapshot queue, Seen before, List<Minute> minutes, Instant now) {
        minutes.forEach(minute -> listener.read(queue.name(), before.open.get(minute.at()), minute));
        Instant openFrom = minuteOf(now).minus(MINUTE);
        Map<Instant, Minute> open = minutes.stream()
                .filter(minute -> !minute.at().isBefore(openFrom))
                .collect(Collectors.toMap(Minute::at, Function.identity()));
        return new Seen(queue, before.same(queue) ? before.movedAt : now, openFrom, open);
    }

    /** The start of its minute. */
    public static Instant minuteOf(Instant at) {
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
