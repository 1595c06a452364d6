package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.Diagnosis;
import dev.millrace.testing.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the doctor looks, and what pages say meanwhile. */
@Timeout(60)
class TroublesTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final FakeClock clock = new FakeClock();
    private final long start = clock.instant().toEpochMilli();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final Troubles troubles = new Troubles(
            this::examine,
            clock,
            () -> TimeUnit.MILLISECONDS.toNanos(clock.instant().toEpochMilli() - start));

    /** What was looked at is the number of the look. */
    private Diagnosis examine() {
        int number = looks.incrementAndGet();
        meanwhile.getAndSet(() -> {}).run();
        return new Diagnosis(List.of("look " + number), List.of());
    }

    private static String said(Troubles.Look look) {
        return look.diagnosis().checks().getFirst();
    }

    private void awaitKnown(String look) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!said(troubles.known()).equals(look) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(said(troubles.known())).isEqualTo(look);
    }

    @Test
    void theFirstPageWaitsForTheDoctorAndOthersSeeTheSame() {
        assertThat(said(troubles.known())).isEqualTo("look 1");
        clock.tick(Duration.ofSeconds(2));
        assertThat(troubles.lately()).isSameAs(troubles.known());
        clock.tick(Duration.ofSeconds(8));
        assertThat(troubles.known().at()).isEqualTo(clock.instant().minusSeconds(10));
        assertThat(looks).hasValue(1);
    }

    @Test
    void aLookThatTakesItsTimeHoldsUpNoPageHoweverLongAgoTheLastOneWas() {
        Troubles.Look first = troubles.known();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        meanwhile.set(() -> {
            begun.countDown();
            await(held);
        });
        for (Duration ago : List.of(Duration.ofSeconds(11), Duration.ofHours(2))) {
            clock.tick(ago);
            assertThat(troubles.known()).isSameAs(first);
            assertThat(troubles.lately()).isSameAs(first);
            await(begun);
        }
        held.countDown();
        awaitKnown("look 2"); // it took two hours, and is not followed by another at once
        assertThat(looks).hasValue(2);
    }

    /** One is begun, by whichever of the pages, and not again for those that wait for it. */
    @Test
    void pagesHaveTheDoctorLookAgainInTheBackgroundAndOnce() {
        troubles.known();
        clock.tick(Duration.ofMillis(2_001));
        troubles.lately();
        awaitKnown("look 2");
        clock.tick(Duration.ofMillis(10_001));
        CountDownLatch held = new CountDownLatch(1);
        meanwhile.set(() -> await(held));
        for (int page = 0; page < 100; page++) {
            assertThat(said(troubles.known())).isEqualTo("look 2");
        }
        held.countDown();
        awaitKnown("look 3");
        assertThat(looks).hasValue(3);
    }

    @Test
    void aLookThatFailsIsFollowedByAnother() {
        troubles.known();
        CountDownLatch failed = new CountDownLatch(1);
        meanwhile.set(() -> {
            failed.countDown();
            throw new IllegalStateException("thrown by the test");
        });
        clock.tick(Duration.ofHours(1));
        assertThat(said(troubles.known())).isEqualTo("look 1");
        await(failed);
        awaitKnown("look 3");
    }

    @Test
    void aLookThatWasOvertakenIsNotShown() {
        meanwhile.set(() -> {
            clock.tick(Duration.ofSeconds(1));
            troubles.look();
        });
        troubles.look();
        assertThat(looks).hasValue(2);
        assertThat(said(troubles.known())).isEqualTo("look 2");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
