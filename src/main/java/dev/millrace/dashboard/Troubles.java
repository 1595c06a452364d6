package dev.millrace.dashboard;

import dev.millrace.monitor.Diagnosis;
import dev.millrace.monitor.Doctor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects what is wrong. The doctor takes its time, so pages show what it found last, and have it look again in the
 * background when that was a while ago.
 */
@Singleton
class Troubles {
    private static final long LATELY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long STALE_NANOS = Duration.ofMinutes(1).toNanos();

    /** Of half an hour; fewer dead tasks than this are no trend. */
    private static final long MANY_DEAD = 10;

    private static final int MOST = 6;

    private final Doctor doctor;
    private final AtomicBoolean lookingAgain = new AtomicBoolean();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look last;

    Troubles(Doctor doctor) {
        this.doctor = doctor;
    }

    /** What the doctor found, now or up to a minute ago. */
    private Diagnosis known() {
        Look known = last;
        if (known == null || known.isOlderThan(STALE_NANOS)) {
            return lately();
        }
        if (known.isOlderThan(FRESH_NANOS) && lookingAgain.compareAndSet(false, true)) {
            Thread.ofVirtual().name("doctor").start(() -> {
                try {
                    lately();
                } finally {
                    lookingAgain.set(false);
                }
            });
        }
        return known.diagnosis;
    }

    /** What the doctor finds, now or up to two seconds ago. */
    Diagnosis lately() {
        looking.lock();
        try {
            if (last == null || last.isOlderThan(LATELY_NANOS)) {
                last = new Look(doctor.examine(), System.nanoTime());
            }
            return last.diagnosis;
        } finally {
            looking.unlock();
        }
    }

    /**
     * @param at by {@link System#nanoTime}
     */
    private record Look(Diagnosis diagnosis, long at) {
        boolean isOlderThan(long nanos) {
            return System.nanoTime() - at > nanos;
        }
    }

    /**
     * The worst, without what is merely good to know.
     *
     * @param minutes of the last hour
     */
    List<Trouble> worst(List<Slot> minutes) {
        List<Trouble> troubles = new ArrayList<>();
        dying(minutes, troubles);
        known().findings().stream()
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
