package dev.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnchoredClockTest {
    private final FakeClock wall = new FakeClock();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AnchoredClock clock = new AnchoredClock(wall, nanos::get);

    @Test
    void timeMovesOnWithTheMonotonicClock() {
        pass(Duration.ofMillis(1500));

        assertThat(clock.instant()).isEqualTo(FakeClock.START.plusMillis(1500));
    }

    @Test
    void wallClockThatIsSetBackIsNotFollowed() {
        wall.tick(Duration.ofHours(-1));
        pass(Duration.ofSeconds(90));

        assertThat(clock.instant()).isEqualTo(FakeClock.START.plusSeconds(90));
    }

    @Test
    void smallDifferencesAreNotFollowed() {
        wall.tick(Duration.ofMillis(3000));
        pass(Duration.ofSeconds(2));

        assertThat(clock.instant()).isEqualTo(FakeClock.START.plusSeconds(2));
    }

    @Test
    void timeThatPassedWhileTheMachineWasSuspendedIsFollowed() {
        wall.tick(Duration.ofHours(8));
        pass(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(FakeClock.START.plus(Duration.ofHours(8)));

        pass(Duration.ofMillis(300));
        assertThat(clock.instant())
                .isEqualTo(FakeClock.START.plus(Duration.ofHours(8)).plusMillis(300));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
