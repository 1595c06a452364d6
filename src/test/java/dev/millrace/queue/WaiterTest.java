package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaiterTest {
    private static final LeaseCall CALL =
            new LeaseCall(List.of("q"), 1, Duration.ofSeconds(30), Duration.ofSeconds(20), "w", Lanes.ALL_TYPES);

    private final List<Lease> handedBack = new ArrayList<>();
    private final Waiter waiter = new Waiter(CALL, handedBack::addAll);
    private final List<Lease> found = List.of(new Lease(null, null, null));

    @Test
    void isServedByOneClerkAtATime() {
        assertThat(waiter.begin()).isTrue();
        assertThat(waiter.begin()).isFalse();
        assertThat(waiter.offer(List.of())).isFalse();
        assertThat(waiter.begin()).isTrue();
    }

    @Test
    void aRingDuringALookIsNotLost() {
        waiter.begin();
        waiter.begin();
        waiter.offer(List.of());
        assertThat(waiter.rungMeanwhile()).isTrue();
    }

    @Test
    void whatWasFoundForAClientThatLeftIsHandedBack() {
        waiter.begin();
        waiter.cancel();
        assertThat(waiter.offer(found)).isFalse();
        assertThat(handedBack).isEqualTo(found);
        assertThat(waiter.leases().toCompletableFuture()).isCompletedWithValue(List.of());
    }

    @Test
    void whatWasGivenToAClientThatLeavesBeforeItsAnswerIsWrittenIsHandedBackOnce() {
        waiter.begin();
        assertThat(waiter.offer(found)).isTrue();
        waiter.cancel();
        waiter.cancel();
        assertThat(handedBack).isEqualTo(found);
    }

    @Test
    void whatWasFoundJustAfterTheTimeRanOutIsStillGiven() {
        waiter.begin();
        waiter.giveUp();
        assertThat(waiter.offer(found)).isTrue();
        assertThat(waiter.leases().toCompletableFuture()).isCompletedWithValue(found);
        assertThat(handedBack).isEmpty();
    }

    @Test
    void afterACancelNothingIsLookedFor() {
        waiter.cancel();
        assertThat(waiter.begin()).isFalse();
        assertThat(waiter.leases().toCompletableFuture()).isCompletedWithValue(List.of());
    }
}
