package dev.millrace.cluster.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Ear;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A process that stood still, and goes on. */
public interface StandstillContract extends StoreFixture {
    @Test
    default void storeIsAsItWas() {
        TaskId id = accepted(aTask());
        storage().standstill().end();

        assertThat(stateOf(id)).isEqualTo(TaskState.READY);
        succeed(leaseOne());
        storage().standstill().end();
        assertThat(stateOf(id)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    default void clockIsTheStoresAfterwards() {
        Instant before = storage().clock().instant();
        storage().standstill().end();

        assertThat(Duration.between(before, storage().clock().instant()))
                .isBetween(Duration.ofMillis(-50), Duration.ofSeconds(5));
    }

    @Test
    default void wakeUpsAreHeardAfterwards() {
        try (Ear ear = new Ear(storage().wakeups())) {
            storage().standstill().end();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!ear.heard().contains("ready " + queue())) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                accepted(aTask());
                LockSupport.parkNanos(50_000_000);
            }
        }
    }
}
