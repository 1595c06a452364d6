package dev.millrace.monitor;

import dev.millrace.cluster.Vitals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Readings of this process's own metrics, the last half hour of them, in memory. */
@Singleton
public class Readings {
    /** From one reading to the next. */
    public static final Duration STEP = Duration.ofSeconds(15);

    /** That are kept. */
    public static final int KEPT = 120;

    private static final Set<String> WAITING = Set.of("/leases", "/drain");

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Vitals vitals = new Vitals();
    private final Deque<Reading> kept = new ArrayDeque<>();
    private Sums before = new Sums(0, 0, 0, 0, 0);

    Readings(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Takes one. */
    public synchronized void runOnce() {
        Sums now = new Sums(
                count("http.server.requests", Readings::answersAtOnce),
                micros("http.server.requests", Readings::answersAtOnce),
                count("millrace.store.latency", timer -> true),
                micros("millrace.store.latency", timer -> true),
                registry.find("millrace.store.failures").counters().stream()
                        .mapToLong(counter -> (long) counter.count())
                        .sum());
        Runtime runtime = Runtime.getRuntime();
        kept.add(new Reading(
                clock.instant(),
                now.requests - before.requests,
                mean(now.requestMicros - before.requestMicros, now.requests - before.requests),
                now.storeCalls - before.storeCalls,
                mean(now.storeMicros - before.storeMicros, now.storeCalls - before.storeCalls),
                now.failures - before.failures,
                Math.max(0, Math.round(100 * vitals.cpu())),
                vitals.memoryBytes(),
                runtime.totalMemory() - runtime.freeMemory()));
        before = now;
        if (kept.size() > KEPT) {
            kept.remove();
        }
    }

    /** The oldest first. */
    public synchronized List<Reading> list() {
        return List.copyOf(kept);
    }

    /** What waits for a task to come says nothing about the server. */
    private static boolean answersAtOnce(Timer requests) {
        String address = requests.getId().getTag("uri");
        return address == null || WAITING.stream().noneMatch(address::endsWith);
    }

    private long count(String name, Predicate<Timer> which) {
        return registry.find(name).timers().stream()
                .filter(which)
                .mapToLong(Timer::count)
                .sum();
    }

    private long micros(String name, Predicate<Timer> which) {
        return registry.find(name).timers().stream()
                .filter(which)
                .mapToLong(timer -> (long) timer.totalTime(TimeUnit.MICROSECONDS))
                .sum();
    }

    private static long mean(long sum, long count) {
        return count <= 0 ? 0 : sum / count;
    }

    private record Sums(long requests, long requestMicros, long storeCalls, long storeMicros, long failures) {}
}
