package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.RateLimit;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many tasks of a queue are leased in a time. */
public interface RateContract extends StoreFixture {
    private void limit(RateLimit rate) {
        storage().queues().open(queue(), now());
        assertThat(storage().queues().configure(queue(), QueueConfig.DEFAULT.withRate(rate)))
                .isTrue();
    }

    @Test
    default void noMoreAreLeasedThanTheBucketGives() {
        limit(new RateLimit(10, Duration.ofSeconds(1), 3L));
        submitMany(20, aTask());

        assertThat(lease(2)).hasSize(2);
        assertThat(lease(20)).hasSize(1);
        assertThat(lease(20)).isEmpty();
        clock().tickMillis(99);
        assertThat(lease(20)).isEmpty();
        clock().tickMillis(1);
        assertThat(lease(20)).hasSize(1);
        clock().tickMillis(250);
        assertThat(lease(20)).hasSize(2);
        clock().tickSeconds(10);
        assertThat(lease(20)).as("the bucket holds no more").hasSize(3);
        assertThat(count(TaskState.READY)).isEqualTo(11);
    }

    @Test
    default void withoutASizeTheBucketHoldsWhatComesInASecond() {
        limit(new RateLimit(4, Duration.ofSeconds(1), null));
        submitMany(9, aTask());
        assertThat(lease(9)).hasSize(4);
        limit(new RateLimit(6, Duration.ofMinutes(1), null));
        clock().tick(Duration.ofHours(1));

        assertThat(lease(9)).as("one, as less than one comes in a second").hasSize(1);
        clock().tickSeconds(10);
        assertThat(lease(9)).hasSize(1);
    }

    @Test
    default void overAnyTimeNoMoreAreLeasedThanCameIntoTheBucketAndItHeld() {
        limit(new RateLimit(7, Duration.ofMillis(300), 5L));
        submitMany(400, aTask());
        Random random = new Random(7);
        int leased = 0;
        for (long millis = 0; millis < 10_000; ) {
            leased += lease(1 + random.nextInt(4)).size();
            assertThat(leased).isLessThanOrEqualTo((int) (5 + millis * 7 / 300));
            int step = random.nextInt(60);
            clock().tickMillis(step);
            millis += step;
        }
        assertThat(leased).as("and hardly fewer").isGreaterThan(220);
    }

    @Test
    default void aTaskThatWasGivenBackTakesFromTheBucketAgain() {
        limit(new RateLimit(1, Duration.ofSeconds(10), 2L));
        submitMany(1, aTask());
        release(leaseOne());
        release(leaseOne());
        assertThat(lease(1)).isEmpty();
        clock().tickSeconds(10);
        assertThat(lease(1)).hasSize(1);
    }

    @Test
    default void aLimitHoldsFromWhenItIsSetAndNoLongerThanThat() {
        submitMany(9, aTask());
        assertThat(lease(3)).hasSize(3);
        limit(new RateLimit(1, Duration.ofHours(10), 1L));
        assertThat(lease(9)).hasSize(1);
        assertThat(lease(9)).isEmpty();
        limit(new RateLimit(100, Duration.ofSeconds(1), 2L));
        assertThat(lease(9)).as("an empty bucket stays empty").isEmpty();
        clock().tickMillis(20);
        assertThat(lease(9))
                .as("what the slower one had still to wait for is no matter")
                .hasSize(2);
        limit(null);
        assertThat(lease(9)).hasSize(3);
    }

    @Test
    default void queueSaysWhenTheNextMayStart() {
        submitMany(9, aTask());
        assertThat(snapshot().nextStartAt(now())).isNull();
        limit(new RateLimit(1, Duration.ofSeconds(10), 2L));
        assertThat(snapshot().nextStartAt(now())).isNull();
        lease(2);
        assertThat(snapshot().nextStartAt(now())).isCloseTo(now().plusSeconds(10), within());
        clock().tickSeconds(4);
        assertThat(snapshot().nextStartAt(now())).isCloseTo(now().plusSeconds(6), within());
        clock().tickSeconds(6);
        assertThat(snapshot().nextStartAt(now())).isNull();
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return org.assertj.core.api.Assertions.within(2, ChronoUnit.MILLIS);
    }
}
