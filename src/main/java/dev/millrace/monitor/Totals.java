package dev.millrace.monitor;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What happened since this process first looked, added up from the store's minutes. Not safe for threads. */
final class Totals {
    /** Waits and runs of one queue, what came in and what was started. */
    static final class OfQueue {
        long submitted;
        long started;
        long leasesLost;
        final long[] waits = new long[Buckets.COUNT];
        final long[] runs = new long[Buckets.COUNT];
    }

    /** A task type and what happened to a task of it. */
    record Ending(String type, String outcome) {}

    private static final String LEASE_LOST = "lease-expired";

    private final Labels queues;
    private final Labels types;
    private final Map<String, OfQueue> byQueue = new TreeMap<>();
    private final Map<Ending, Long> endings =
            new TreeMap<>(Comparator.comparing(Ending::type).thenComparing(Ending::outcome));

    Totals(Labels queues, Labels types) {
        this.queues = queues;
        this.types = types;
    }

    /** By the queue's label. */
    Map<String, OfQueue> byQueue() {
        return byQueue;
    }

    Map<Ending, Long> endings() {
        return endings;
    }

    /** Adds what a minute has more than it had when it was read before. */
    void add(String queue, Minute before, Minute after) {
        OfQueue total = byQueue.computeIfAbsent(queues.of(queue), label -> new OfQueue());
        total.submitted += more(before == null ? 0 : before.submitted(), after.submitted());
        total.started += more(before == null ? 0 : before.started(), after.started());
        addAll(total.waits, before == null ? null : before.waits(), after.waits());
        addAll(total.runs, before == null ? null : before.runs(), after.runs());
        after.ended().forEach((type, counts) -> {
            Map<String, Long> earlier =
                    before == null ? Map.of() : before.ended().getOrDefault(type, Map.of());
            counts.forEach((outcome, count) -> {
                long grown = more(earlier.getOrDefault(outcome, 0L), count);
                endings.merge(new Ending(types.of(type), outcome), grown, Long::sum);
                total.leasesLost += outcome.equals(LEASE_LOST) ? grown : 0;
            });
        });
    }

    private static void addAll(long[] totals, long[] before, long[] after) {
        for (int i = 0; i < totals.length; i++) {
            totals[i] += more(before == null ? 0 : before[i], after[i]);
        }
    }

    /** Never less than nothing: a store that was restored from a backup may know less than it did. */
    private static long more(long before, long after) {
        return Math.max(0, after - before);
    }
}
