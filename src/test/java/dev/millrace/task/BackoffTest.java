package dev.millrace.task;

import static dev.millrace.task.Backoff.Jitter.EQUAL;
import static dev.millrace.task.Backoff.Jitter.FULL;
import static dev.millrace.task.Backoff.Jitter.NONE;
import static dev.millrace.task.Backoff.Kind.EXPONENTIAL;
import static dev.millrace.task.Backoff.Kind.FIXED;
import static dev.millrace.task.Backoff.Kind.LINEAR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void defaultIsTheTableOfTheContract() {
        assertThat(seconds(Backoff.DEFAULT, 7)).containsExactly(30, 60, 120, 240, 300, 300, 300);
    }

    @Test
    void linearGrowsByItsBase() {
        assertThat(seconds(backoff(LINEAR, 10, 1, 35, NONE), 5)).containsExactly(10, 20, 30, 35, 35);
    }

    @Test
    void fixedStaysTheSame() {
        assertThat(seconds(backoff(FIXED, 10, 2, 300, NONE), 4)).containsExactly(10, 10, 10, 10);
    }

    @Test
    void factorOfOneDoesNotGrow() {
        assertThat(seconds(backoff(EXPONENTIAL, 10, 1, 300, NONE), 3)).containsExactly(10, 10, 10);
    }

    @Test
    void manyFailuresDoNotOverflow() {
        for (Backoff.Kind kind : Backoff.Kind.values()) {
            Backoff backoff = backoff(kind, 3600, 10, 86_400, NONE);
            assertThat(backoff.after(Integer.MAX_VALUE, random)).isBetween(Duration.ofHours(1), Duration.ofDays(1));
        }
    }

    @Test
    void equalJitterKeepsAtLeastHalf() {
        assertSpread(backoff(FIXED, 100, 1, 100, EQUAL), 50, 100);
    }

    @Test
    void fullJitterMayLeaveNothing() {
        assertSpread(backoff(FIXED, 100, 1, 100, FULL), 0, 100);
    }

    private void assertSpread(Backoff backoff, long least, long most) {
        long[] millis = IntStream.range(0, 2_000)
                .mapToLong(i -> backoff.after(1, random).toMillis())
                .sorted()
                .toArray();
        double span = (most - least) * 1000.0;
        assertThat(millis[0]).isGreaterThanOrEqualTo(least * 1000);
        assertThat(millis[1_999]).isLessThanOrEqualTo(most * 1000);
        assertThat(millis[1_999] - millis[0]).isGreaterThan((long) (span * 0.98));
        assertThat((double) millis[1_000]).isBetween(least * 1000 + span * 0.44, least * 1000 + span * 0.56);
    }

    private long[] seconds(Backoff backoff, int failures) {
        return IntStream.rangeClosed(1, failures)
                .mapToLong(n -> backoff.after(n, random).toSeconds())
                .toArray();
    }

    private static Backoff backoff(Backoff.Kind kind, long base, double factor, long max, Backoff.Jitter jitter) {
        return new Backoff(kind, Duration.ofSeconds(base), factor, Duration.ofSeconds(max), jitter);
    }
}
