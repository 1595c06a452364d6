package dev.millrace.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.BreakerPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final BreakerPolicy POLICY = new BreakerPolicy(3, Duration.ofSeconds(30), Duration.ofSeconds(10), 2);

    private final Breaker breaker = new Breaker(POLICY);
    private long now = -5 * SECOND;

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(breaker.begin(now), now);
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            breaker.succeeded(breaker.begin(now), now);
        }
    }

    private void open() {
        fail(3);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void opensAtTheNumberOfFailures() {
        fail(2);
        assertThat(breaker.room(now, 5)).isPositive();
        fail(1);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.room(now, 0)).isZero();
        assertThat(breaker.opened()).isEqualTo(1);
    }

    @Test
    void fewFailuresAmongManySuccessesDoNotOpenIt() {
        succeed(100);
        for (int i = 0; i < 50; i++) {
            fail(2);
            succeed(1);
        }
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void asManyFailuresAsSuccessesOpenIt() {
        succeed(2);
        fail(1);
        succeed(1);
        fail(2);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void failuresInARowOpenItAfterHoweverManySuccesses() {
        succeed(1000);
        fail(3);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void failuresOutsideTheWindowAreForgotten() {
        fail(2);
        now += 31 * SECOND;
        fail(2);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.CLOSED);
        now += 15 * SECOND;
        fail(1);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void afterAWhileLetsProbesThroughAndNoMore() {
        open();
        now += 10 * SECOND;
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.HALF_OPEN);
        assertThat(breaker.room(now, 0)).isEqualTo(2);
        assertThat(breaker.begin(now)).isTrue();
        assertThat(breaker.room(now, 1)).isEqualTo(1);
        assertThat(breaker.begin(now)).isTrue();
        assertThat(breaker.room(now, 2)).isZero();
    }

    @Test
    void closesWhenAllProbesWentWellAndThenRampsUp() {
        open();
        now += 10 * SECOND;
        succeed(1);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.HALF_OPEN);
        succeed(1);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.CLOSED);
        assertThat(breaker.room(now, 0)).isEqualTo(2);
        now += SECOND;
        assertThat(breaker.room(now, 1)).isEqualTo(3);
        now += 2 * SECOND;
        assertThat(breaker.room(now, 0)).isEqualTo(16);
        now += 20 * SECOND;
        assertThat(breaker.room(now, 1_000)).isGreaterThan(10_000);
    }

    @Test
    void failedProbeOpensItAgain() {
        open();
        now += 10 * SECOND;
        succeed(1);
        fail(1);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.opened()).isEqualTo(2);
        now += 9 * SECOND;
        assertThat(breaker.room(now, 0)).isZero();
        now += SECOND;
        assertThat(breaker.room(now, 0)).isEqualTo(2);
    }

    @Test
    void whatBeganBeforeItOpenedSaysNothingAfterwards() {
        boolean early = breaker.begin(now);
        open();
        now += 10 * SECOND;
        breaker.state(now);
        breaker.failed(early, now);
        breaker.succeeded(early, now);
        assertThat(breaker.state(now)).isEqualTo(Breaker.State.HALF_OPEN);
        assertThat(breaker.room(now, 0)).isEqualTo(2);
    }

    @Test
    void probeWithoutAnAnswerMakesRoomForAnother() {
        open();
        now += 10 * SECOND;
        boolean probe = breaker.begin(now);
        breaker.begin(now);
        assertThat(breaker.room(now, 2)).isZero();
        breaker.forget(probe);
        assertThat(breaker.room(now, 1)).isEqualTo(1);
    }
}
