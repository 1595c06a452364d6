package dev.millrace.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(60);

    private final FakeClock clock = new FakeClock();

    @Test
    void targetWantsAsManyAsTheTasksNeedWithinItsBounds() {
        ScalingPolicy policy = new TargetPolicy(new Pool.Size(10, 1, 4), COOLDOWN);
        assertThat(policy.workers(0, 0, clock.instant())).isEqualTo(1);
        assertThat(policy.workers(1, 10, clock.instant())).isEqualTo(1);
        assertThat(policy.workers(1, 11, clock.instant())).isEqualTo(2);
        assertThat(policy.workers(2, 1_000_000, clock.instant())).isEqualTo(4);
    }

    @Test
    void targetLetsWorkersGoOnlyWhenTheyWereNotNeededForAWhile() {
        ScalingPolicy policy = new TargetPolicy(new Pool.Size(10, 0, 4), COOLDOWN);
        assertThat(policy.workers(0, 40, clock.instant())).isEqualTo(4);
        clock.tickSeconds(59);
        assertThat(policy.workers(4, 0, clock.instant())).isEqualTo(4);
        clock.tickSeconds(1);
        assertThat(policy.workers(4, 5, clock.instant())).isEqualTo(1);
    }

    @Test
    void targetStartsTheWaitAnewWhenWorkersAreNeededAgain() {
        ScalingPolicy policy = new TargetPolicy(new Pool.Size(10, 0, 4), COOLDOWN);
        policy.workers(0, 40, clock.instant());
        clock.tickSeconds(59);
        policy.workers(4, 40, clock.instant());
        clock.tickSeconds(59);
        assertThat(policy.workers(4, 0, clock.instant())).isEqualTo(4);
    }

    @Test
    void thresholdsChangeByOneAndWaitBetweenChanges() {
        ScalingPolicy policy = new ThresholdPolicy(new Pool.Size(10, 0, 3), 15, 3, COOLDOWN);
        assertThat(policy.workers(0, 16, clock.instant())).isEqualTo(1);
        assertThat(policy.workers(1, 16, clock.instant())).isEqualTo(1);
        clock.tickSeconds(60);
        assertThat(policy.workers(1, 16, clock.instant())).isEqualTo(2);
        clock.tickSeconds(60);
        assertThat(policy.workers(2, 15, clock.instant())).isEqualTo(2);
        assertThat(policy.workers(2, 3, clock.instant())).isEqualTo(2);
        assertThat(policy.workers(2, 2, clock.instant())).isEqualTo(1);
    }

    @Test
    void thresholdsKeepTheLastWorkerWhileThereIsATaskAndStartTheFirstForOne() {
        ScalingPolicy policy = new ThresholdPolicy(new Pool.Size(10, 0, 3), 15, 3, COOLDOWN);
        assertThat(policy.workers(0, 0, clock.instant())).isZero();
        assertThat(policy.workers(0, 1, clock.instant())).isEqualTo(1);
        clock.tickSeconds(60);
        assertThat(policy.workers(1, 1, clock.instant())).isEqualTo(1);
        assertThat(policy.workers(1, 0, clock.instant())).isZero();
    }

    @Test
    void boundsHoldWhateverTheCooldown() {
        ScalingPolicy policy = new ThresholdPolicy(new Pool.Size(10, 2, 3), 15, 3, COOLDOWN);
        assertThat(policy.workers(0, 0, clock.instant())).isEqualTo(2);
        assertThat(policy.workers(1, 0, clock.instant())).isEqualTo(2);
        clock.tickSeconds(60);
        assertThat(policy.workers(3, 100, clock.instant())).isEqualTo(3);
        assertThat(policy.workers(2, 0, clock.instant())).isEqualTo(2);
    }
}
