package dev.millrace.dashboard;

import dev.millrace.monitor.Diagnosis;
import dev.millrace.monitor.Doctor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Collects what is wrong. The doctor takes its time, so pages show what it found last, and have it look again in the
 * background when that was a while ago; only the first page after a start waits for it.
 */
@Singleton
class Troubles {
    private static final long LATELY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long STALE_NANOS = Duration.ofMinutes(1).toNanos();

    /** How long a page waits for a look that it would rather show: most are over by then. */
    private static final long PATIENCE_MILLIS = 10;

    /** Of half an hour; fewer dead tasks than this are no trend. */
    private static final long MANY_DEAD = 10;

    private static final int MOST = 6;

    private final Supplier<Diagnosis> doctor;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private CompletableFuture<Look> underWay;
    private volatile Look last;

    @Inject
    Troubles(Doctor doctor, InstantSource clock) {
        this(doctor::examine, clock, System::nanoTime);
    }

    Troubles(Supplier<Diagnosis> doctor, InstantSource clock, LongSupplier nanos) {
        this.doctor = doctor;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * What the doctor found.
     *
     * @param at by the store's time
     * @param begun by the clock of this process, in nanoseconds
     * @param ended likewise: one that takes long is not followed by another at once
     */
    record Look(Diagnosis diagnosis, Instant at, long begun, long ended) {}

    /** What is known; a look is begun when it is older than ten seconds, and preferred when it is older than a minute. */
    Look known() {
        return known(FRESH_NANOS, STALE_NANOS);
    }

    /** The same for somebody who asks for it: a look is begun, and preferred, when it is older than two seconds. */
    Look lately() {
        return known(LATELY_NANOS, LATELY_NANOS);
    }

    private Look known(long freshNanos, long staleNanos) {
        Look known = last;
        if (known == null) {
            return begin(null).join();
        }
        long age = nanos.getAsLong() - known.ended;
        if (age <= freshNanos) {
            return known;
        }
        CompletableFuture<Look> look = begin(known);
        return age <= staleNanos
                ? known
                : look.copy()
                        .completeOnTimeout(known, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .exceptionally(failure -> known)
                        .join();
    }

    /** One at a time, and none in place of one that was over just now. */
    private synchronized CompletableFuture<Look> begin(Look known) {
        if (last != known) {
            return CompletableFuture.completedFuture(last);
        }
        if (underWay == null || underWay.isDone()) {
            underWay = CompletableFuture.supplyAsync(
                    this::look, look -> Thread.ofVirtual().name("doctor").start(look));
        }
        return underWay;
    }

    /** Looks now. */
    Look look() {
        long begun = nanos.getAsLong();
        Instant at = clock.instant();
        Look look = new Look(doctor.get(), at, begun, nanos.getAsLong());
        remember(look);
        return look;
    }

    /** Whatever takes longer is not taken for newer. */
    private synchronized void remember(Look look) {
        if (last == null || look.begun - last.begun > 0) {
            last = look;
        }
    }

    /**
     * The worst, without what is merely good to know.
     *
     * @param minutes of the last hour
     */
    static List<Trouble> worst(Diagnosis diagnosis, List<Slot> minutes) {
        List<Trouble> troubles = new ArrayList<>();
        dying(minutes, troubles);
        diagnosis.findings().stream()
                .filter(finding -> finding.severity() != Diagnosis.Severity.NOTE)
                .map(Trouble::of)
                .forEach(troubles::add);
        return troubles.subList(0, Math.min(MOST, troubles.size()));
    }

    private static void dying(List<Slot> minutes, List<Trouble> troubles) {
        long late = Rates.sum(minutes.subList(minutes.size() / 2, minutes.size()), Slot::dead);
        long early = Rates.sum(minutes.subList(0, minutes.size() / 2), Slot::dead);
        if (late >= MANY_DEAD && late > 2 * early) {
            troubles.add(new Trouble(
                    "warning",
                    "Dead letters are rising: " + Format.grouped(late) + " in the last half hour, "
                            + Format.grouped(early) + " in the one before.",
                    "/dead-letters"));
        }
    }
}
