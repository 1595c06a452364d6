package dev.millrace.dashboard;

import dev.millrace.monitor.Minute;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.QueueSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The minutes of the last day, of all queues together, and those of the last hour of each. A minute that is over for two
 * minutes does not change any more and is not asked for again; nor is a queue in which nothing moves. Not safe for
 * threads.
 */
final class Ledger {
    /** Queues that it follows, the most recently used. */
    static final int QUEUES = 200;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofMinutes(3);
    private static final Duration DAY = Duration.ofHours(24);

    private final SeriesStore store;
    private final TreeMap<Instant, Slot> overall = new TreeMap<>();
    private Map<String, Followed> followed = new HashMap<>();

    Ledger(SeriesStore store) {
        this.store = store;
    }

    /** Reads what is new. */
    void read(List<QueueSnapshot> queues, Instant now) {
        Instant thisMinute = Range.HOUR.from(now).plus(Duration.ofMinutes(59));
        Map<String, Followed> next = new HashMap<>();
        for (QueueSnapshot queue : queues.subList(0, Math.min(QUEUES, queues.size()))) {
            Followed before = followed.get(queue.name());
            if (before == null) {
                before = new Followed(null, now, thisMinute.minus(DAY), new TreeMap<>());
            }
            next.put(queue.name(), before.quiet(queue, now) ? before : follow(queue, before, thisMinute, now));
        }
        followed = next;
        overall.headMap(thisMinute.minus(DAY)).clear();
    }

    private Followed follow(QueueSnapshot queue, Followed before, Instant thisMinute, Instant now) {
        for (Minute minute : store.minutes(queue.name(), before.openFrom, thisMinute.plus(MINUTE))) {
            Slot slot = overall.computeIfAbsent(minute.at(), Slot::new);
            Minute known = before.hour.put(minute.at(), minute);
            if (known != null) {
                slot.remove(known);
            }
            slot.add(minute);
        }
        before.hour.headMap(Range.HOUR.from(now)).clear();
        boolean same = before.same(queue);
        return new Followed(queue, same ? before.movedAt : now, thisMinute.minus(MINUTE), before.hour);
    }

    Collection<Slot> overall() {
        return overall.values();
    }

    /** The last hour of a queue, minutes with anything in them; empty for one that is not followed. */
    List<Slot> hour(String queue) {
        Followed known = followed.get(queue);
        List<Slot> slots = new ArrayList<>();
        if (known != null) {
            known.hour.forEach((at, minute) -> {
                Slot slot = new Slot(at);
                slot.add(minute);
                slots.add(slot);
            });
        }
        return slots;
    }

    /**
     * @param queue null before the first look
     * @param openFrom minutes from here on may still change
     * @param hour the minutes of the last hour, as they were read last
     */
    private record Followed(QueueSnapshot queue, Instant movedAt, Instant openFrom, TreeMap<Instant, Minute> hour) {
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
