package dev.millrace.dashboard;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Slows down guessing: after a few failures in a row, from one address or for one name, further attempts are refused for
 * a while, and few are looked at at a time, since each costs a processor some tenths of a second.
 */
@Singleton
class LoginThrottle {
    static final int FAILURES = 5;

    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int REMEMBERED = 10_000;

    private final LongSupplier nanos;
    private final Semaphore attempts = new Semaphore(2);
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    LoginThrottle() {
        this(System::nanoTime);
    }

    LoginThrottle(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether this attempt is to be refused unseen. */
    synchronized boolean refuses(String who) {
        Failures known = failures.get(who);
        return known != null && known.count >= FAILURES && nanos.getAsLong() - known.last < PAUSE_NANOS;
    }

    synchronized void failed(String who) {
        Failures known = failures.remove(who);
        long now = nanos.getAsLong();
        boolean over = known == null || now - known.last >= PAUSE_NANOS;
        failures.put(who, new Failures(over ? 1 : known.count + 1, now));
        if (failures.size() > REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String who) {
        failures.remove(who);
    }

    /** Waits its turn. */
    <T> T inTurn(Supplier<T> attempt) {
        attempts.acquireUninterruptibly();
        try {
            return attempt.get();
        } finally {
            attempts.release();
        }
    }

    private record Failures(int count, long last) {}
}
