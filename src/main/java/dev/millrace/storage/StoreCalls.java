package dev.millrace.storage;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Every call of every port goes through here: measured by operation, guarded by the breaker, its absence told in the
 * words that the ports promise.
 */
@Singleton
class StoreCalls {
    static final String LATENCY = "millrace.store.latency";
    static final String FAILURES = "millrace.store.failures";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25),
        Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(2500)
    };

    /** The breaker says nothing new of the store. */
    private static final StoreAbsent ABSENT = new StoreAbsent();

    private final StoreRepeat repeat;
    private final StoreBreaker breaker;
    private final StoreOutage outage;
    private final MeterRegistry registry;
    private final Map<String, Meters> meters = new ConcurrentHashMap<>();

    StoreCalls(StoreRepeat repeat, StoreBreaker breaker, StoreOutage outage, MeterRegistry registry) {
        this.repeat = repeat;
        this.breaker = breaker;
        this.outage = outage;
        this.registry = registry;
    }

    /**
     * Repeats it when no answer comes, so it must be harmless to do twice, with the same answer.
     *
     * @param operation what the metrics call it; one of a few fixed names
     * @throws MillraceException what the port says; {@code STORE_UNAVAILABLE} also when the breaker is open or the time
     *     is up
     */
    <T> T call(String operation, Supplier<T> port) {
        AtomicReference<MillraceException> unanswered = new AtomicReference<>();
        return watched(operation, () -> repeat.call(() -> again(operation, port, unanswered)));
    }

    /** A repeat that the breaker refuses takes nothing back: the try before it had no answer, and may have changed something. */
    private <T> T again(String operation, Supplier<T> port, AtomicReference<MillraceException> unanswered) {
        try {
            return attempt(operation, port);
        } catch (MillraceException e) {
            if (ABSENT.test(e)) {
                unanswered.set(e);
            }
            boolean refused = e.getCause() instanceof CircuitBreakerOpenException;
            throw refused && unanswered.get() != null ? unanswered.get() : e;
        }
    }

    /** Like {@link #call}, but for what must not be repeated. */
    <T> T once(String operation, Supplier<T> port) {
        return watched(operation, () -> attempt(operation, port));
    }

    private <T> T watched(String operation, Supplier<T> call) {
        try {
            T answer = call.get();
            outage.answered(operation);
            return answer;
        } catch (MillraceException e) {
            if (ABSENT.test(e)) {
                outage.failed(operation, e.getMessage());
            }
            throw e;
        }
    }

    private <T> T attempt(String operation, Supplier<T> port) {
        Meters meters = this.meters.computeIfAbsent(operation, this::register);
        long start = System.nanoTime();
        try {
            return breaker.call(port);
        } catch (StoreDown e) {
            meters.failures.increment();
            throw e.reason();
        } catch (TimeoutException e) {
            meters.failures.increment();
            throw unavailable("The store did not answer in time; whether it carried out the request is unknown.", e);
        } catch (CircuitBreakerOpenException e) {
            meters.failures.increment();
            throw unavailable("The store failed several times and is left alone for a moment; nothing was changed.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("Interrupted; whether the store carried out the request is unknown.", e);
        } finally {
            meters.latency.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    void run(String operation, Runnable port) {
        call(operation, () -> {
            port.run();
            return null;
        });
    }

    private static MillraceException unavailable(String sentence, Exception cause) {
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence, Map.of(), cause);
    }

    private Meters register(String operation) {
        return new Meters(
                Timer.builder(LATENCY)
                        .description("Time that the store took, by operation")
                        .tag("operation", operation)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry),
                Counter.builder(FAILURES)
                        .description("Calls without an answer from the store, by operation")
                        .tag("operation", operation)
                        .register(registry));
    }

    private record Meters(Timer latency, Counter failures) {}
}
