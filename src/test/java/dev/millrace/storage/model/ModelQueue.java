package dev.millrace.storage.model;

import dev.millrace.monitor.Buckets;
import dev.millrace.monitor.Minute;
import dev.millrace.queue.QueueConfig;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One queue as it has to be: its tasks, and what was counted of them. */
final class ModelQueue {
    final String name;
    final Set<ModelTask> tasks = new LinkedHashSet<>();
    boolean paused;
    QueueConfig config = QueueConfig.DEFAULT;
    private final TreeMap<Instant, Counted> minutes = new TreeMap<>();
    private long arrivals;
    private long returned;
    private long bucketFull;

    ModelQueue(String name) {
        this.name = name;
    }

    /** What one minute has seen. */
    private static final class Counted {
        private long submitted;
        private long started;
        private final Map<String, Map<String, Long>> ended = new HashMap<>();
        private final long[] waits = new long[Buckets.COUNT];
        private final long[] runs = new long[Buckets.COUNT];
    }

    /** How many tasks may be leased now as far as the limit of the queue goes. */
    long allowed(Instant now) {
        if (config.rate() == null) {
            return Long.MAX_VALUE;
        }
        long step = stepMicros();
        long at = now.toEpochMilli() * 1000;
        bucketFull = Math.min(Math.max(bucketFull, at), at + config.rate().holds() * step);
        return config.rate().holds() - Math.ceilDiv(bucketFull - at, step);
    }

    /** So many were leased. */
    void spend(int leased) {
        if (config.rate() != null) {
            bucketFull += leased * stepMicros();
        }
    }

    private long stepMicros() {
        return config.rate().per().toMillis() * 1000 / config.rate().limit();
    }

    long arrives() {
        return ++arrivals;
    }

    /** The same for all that one call brings back: which of them is first is left to the store. */
    long returns() {
        returned = returned == 0 ? arrives() : returned;
        return returned;
    }

    /** Another call begins. */
    void turns() {
        returned = 0;
    }

    List<ModelTask> in(TaskState state) {
        return tasks.stream().filter(task -> task.is(state)).toList();
    }

    long count(TaskState state) {
        return tasks.stream().filter(task -> task.is(state)).count();
    }

    long depth() {
        return count(TaskState.SCHEDULED) + count(TaskState.READY);
    }

    /** Of the tasks that have ended, or of the others. */
    long bytes(boolean ended) {
        return tasks.stream()
                .filter(task -> task.state.terminal() == ended)
                .mapToLong(task -> task.spec().size())
                .sum();
    }

    void submitted(Instant now) {
        minute(now).submitted++;
    }

    void started(ModelTask task, Instant now) {
        Counted minute = minute(now);
        minute.started++;
        minute.waits[bucket(task.readyAt, now)]++;
    }

    void ran(ModelTask task, Instant now) {
        minute(now).runs[bucket(task.startedAt, now)]++;
    }

    void ended(ModelTask task, String how, Instant now) {
        minute(now)
                .ended
                .computeIfAbsent(task.spec().lane(), lane -> new HashMap<>())
                .merge(how, 1L, Long::sum);
    }

    private Counted minute(Instant now) {
        return minutes.computeIfAbsent(now.truncatedTo(ChronoUnit.MINUTES), at -> new Counted());
    }

    private static int bucket(Instant from, Instant to) {
        return Buckets.index(Duration.between(from, to).toMillis());
    }

    List<Minute> minutes(Instant from) {
        List<Minute> told = new ArrayList<>();
        minutes.tailMap(from)
                .forEach((at, c) -> told.add(new Minute(at, c.submitted, c.started, c.ended, c.waits, c.runs)));
        return told;
    }
}
