package dev.millrace.monitor;

import dev.millrace.cluster.Chore;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes how much there is to do and how long the oldest task has waited, which no change of a task would tell. Where
 * there is nothing to do nothing is written.
 */
@ApplicationScoped
class NoteLevels implements Chore {
    /** The most recently used queues have levels of their own. */
    static final int QUEUES = 200;

    private final Queues queues;
    private final SeriesStore store;
    private final InstantSource clock;
    private Map<String, Level> last = Map.of();

    NoteLevels(Queues queues, SeriesStore store, InstantSource clock) {
        this.queues = queues;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "note-levels";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(15);
    }

    @Override
    public synchronized int runOnce() {
        Instant now = clock.instant();
        Map<String, Level> levels = worthNoting(queues.all(), MinuteFollower.minuteOf(now), now);
        if (!levels.isEmpty()) {
            store.note(levels);
        }
        last = levels;
        return levels.size();
    }

    private Map<String, Level> worthNoting(List<QueueSnapshot> all, Instant minute, Instant now) {
        Map<String, Level> levels = new HashMap<>();
        Level together = Level.nothing(minute);
        for (QueueSnapshot queue : all) {
            Level level = Level.of(queue, minute, now);
            together = together.and(level, queue.paused());
            if (levels.size() < QUEUES) {
                add(queue.name(), level, levels);
            }
        }
        add(SeriesStore.ALL, together, levels);
        return levels;
    }

    private void add(String queue, Level level, Map<String, Level> levels) {
        Level now = level.after(last.get(queue));
        boolean wasNoted = last.containsKey(queue) && last.get(queue).at().equals(level.at());
        if (wasNoted || !now.isNothing()) {
            levels.put(queue, now);
        }
    }
}
