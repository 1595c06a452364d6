package dev.millrace.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000L;

    private long now = 5;
    private final Pace pace = new Pace(now);

    private void go(int perMilli, int millis) {
        for (int i = 0; i < millis; i++) {
            now += MILLI;
            for (int n = 0; n < perMilli; n++) {
                pace.count(now);
            }
        }
    }

    @Test
    void whatGoesOnIsExpectedToGoOn() {
        assertThat(pace.within(50 * MILLI, now)).isZero();
        go(10, 1000);
        assertThat(pace.within(50 * MILLI, now)).isCloseTo(500, within(60.0));
    }

    @Test
    void whatStandsStillIsExpectedToStandStill() {
        go(10, 1000);
        now += 500 * MILLI;
        assertThat(pace.within(50 * MILLI, now)).isLessThan(20);
    }

    @Test
    void fewInALongTimeAreFew() {
        for (int i = 0; i < 20; i++) {
            now += 1000 * MILLI;
            pace.count(now);
        }
        assertThat(pace.within(50 * MILLI, now)).isLessThan(1);
    }
}
