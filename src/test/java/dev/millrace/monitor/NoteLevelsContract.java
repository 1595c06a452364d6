package dev.millrace.monitor;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.QueueRoom;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How deep queues are, and how old what waits in them is, is noted minute by minute. */
public interface NoteLevelsContract extends StoreFixture {
    private NoteLevels chore() {
        return new NoteLevels(
                QueueRoom.over(tasks(), storage().queues(), clock()).queues(),
                storage().series(),
                clock());
    }

    private List<Level> noted(Instant from) {
        return storage().series().levels(queue(), from, now().plusSeconds(60));
    }

    @Test
    default void theDepthOfAMinuteIsTheLastAndTheAgeTheGreatest() {
        Instant first = now();
        NoteLevels chore = chore();
        accepted(aTask());
        clock().tickSeconds(40);
        accepted(aTask());
        chore.runOnce();
        succeed(leaseOne());
        clock().tickSeconds(5);
        chore.runOnce();

        assertThat(noted(first)).containsExactly(new Level(first, 1, Duration.ofSeconds(40)));
        clock().tickSeconds(15);
        chore.runOnce();
        assertThat(noted(first)).last().isEqualTo(new Level(first.plusSeconds(60), 1, Duration.ofSeconds(20)));
    }

    @Test
    default void whereNothingIsToDoNothingIsWritten() {
        Instant first = now();
        NoteLevels chore = chore();
        accepted(aTask());
        succeed(leaseOne());
        chore.runOnce();
        assertThat(noted(first)).isEmpty();

        accepted(aTask());
        chore.runOnce();
        succeed(leaseOne());
        chore.runOnce();
        clock().tickSeconds(60);
        chore.runOnce();
        assertThat(noted(first)).containsExactly(new Level(first, 0, Duration.ZERO));
    }

    @Test
    default void allQueuesTogetherAreNotedAsWell() {
        accepted(aTask());
        accepted(aTask());
        clock().tickSeconds(2);
        chore().runOnce();

        List<Level> together = storage().series().levels(SeriesStore.ALL, now().minusSeconds(2), now().plusSeconds(60));
        assertThat(together).last().satisfies(level -> {
            assertThat(level.live()).isGreaterThanOrEqualTo(2);
            assertThat(level.oldest()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        });
    }
}
