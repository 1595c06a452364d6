package dev.millrace.dashboard;

import dev.millrace.monitor.Level;
import dev.millrace.monitor.Minute;
import dev.millrace.monitor.MinuteFollower;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.QueueSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The minutes of the last day, of all queues together, and those of the last hour of each. Not safe for threads.
 */
final class Ledger {
    /** Queues that it follows, the most recently used. */
    static final int QUEUES = 200;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofHours(24);

    private final SeriesStore store;
    private final MinuteFollower follower;
    private final TreeMap<Instant, Slot> overall = new TreeMap<>();
    private final TreeMap<Instant, Level> levels = new TreeMap<>();
    private final Map<String, TreeMap<Instant, Slot>> hours = new HashMap<>();

    Ledger(SeriesStore store) {
        this.store = store;
        this.follower = new MinuteFollower(store, now -> now.minus(DAY), this::count);
    }

    private void count(String queue, Minute before, Minute after) {
        Slot slot = overall.computeIfAbsent(after.at(), Slot::new);
        if (before != null) {
            slot.remove(before);
        }
        slot.add(after);
        hours.computeIfAbsent(queue, name -> new TreeMap<>()).put(after.at(), Slot.counts(after));
    }

    /** Reads what is new. */
    void read(List<QueueSnapshot> queues, Instant now) {
        follower.read(queues, QUEUES, now);
        Instant hourAgo = Range.HOUR.from(now);
        hours.values().forEach(minutes -> minutes.headMap(hourAgo).clear());
        hours.values().removeIf(Map::isEmpty);
        Instant dayAgo = MinuteFollower.minuteOf(now).minus(DAY);
        overall.headMap(dayAgo).clear();
        readLevels(dayAgo, now);
    }

    private void readLevels(Instant dayAgo, Instant now) {
        Instant from = levels.isEmpty() ? dayAgo : levels.lastKey();
        store.levels(SeriesStore.ALL, from, now.plus(MINUTE)).forEach(level -> levels.put(level.at(), level));
        levels.headMap(dayAgo).clear();
    }

    Collection<Slot> overall() {
        return overall.values();
    }

    /** Of all queues together. */
    Collection<Level> levels() {
        return levels.values();
    }

    /**
     * The last hour of a queue, minutes with anything in them, without the times of waits and runs; empty for one that is
     * not followed.
     */
    Collection<Slot> hour(String queue) {
        return hours.getOrDefault(queue, new TreeMap<>()).values();
    }
}
