package dev.millrace.dashboard;

import dev.millrace.monitor.SeriesStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** How things went, from what the store counted per minute: looked at once a second at most, however many pages ask. */
@Singleton
public class Past {
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final SeriesStore store;
    private final Present present;
    private final InstantSource clock;
    private final Ledger ledger;
    private final ReentrantLock reading = new ReentrantLock();
    private Long readAt;

    Past(SeriesStore store, Present present, InstantSource clock) {
        this.store = store;
        this.present = present;
        this.clock = clock;
        this.ledger = new Ledger(store);
    }

    /** Of all queues together, the oldest slot first. */
    public List<Slot> overall(Range range) {
        return locked(() -> range.slots(ledger.overall(), ledger.levels(), clock.instant()));
    }

    /** Minutes of the last hour, by queue; of the {@link Ledger#QUEUES} most recently used. */
    public Map<String, List<Slot>> lastHour() {
        return locked(() -> {
            Map<String, List<Slot>> hours = new HashMap<>();
            Instant now = clock.instant();
            present.look().queues().stream()
                    .limit(Ledger.QUEUES)
                    .forEach(queue ->
                            hours.put(queue.name(), Range.HOUR.slots(ledger.hour(queue.name()), List.of(), now)));
            return hours;
        });
    }

    /** Of one queue; asks the store each time. */
    public List<Slot> of(String queue, Range range) {
        Instant now = clock.instant();
        Instant from = range.from(now);
        Instant to = now.plusSeconds(60);
        List<Slot> minutes =
                store.minutes(queue, from, to).stream().map(Slot::of).toList();
        return range.slots(minutes, store.levels(queue, from, to), now);
    }

    private <T> T locked(java.util.function.Supplier<T> reading) {
        this.reading.lock();
        try {
            if (readAt == null || System.nanoTime() - readAt > FRESH_NANOS) {
                ledger.read(present.look().queues(), clock.instant());
                readAt = System.nanoTime();
            }
            return reading.get();
        } finally {
            this.reading.unlock();
        }
    }
}
