package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlicesTest {
    private final AtomicInteger offers = new AtomicInteger();

    private Slices slices(boolean standing) {
        Slices slices = new Slices(standing);
        slices.onOpen(offers::incrementAndGet);
        return slices;
    }

    @Test
    void leaveThatOneFetcherDidNotUseIsOfferedToTheOthersAtOnce() {
        Slices slices = slices(false);
        Slice slice = slices.open(1, null);
        assertThat(slice.take(5)).isEqualTo(1);
        assertThat(slice.take(5)).isZero();
        slices.leased(slice, 1, 0);
        assertThat(offers).hasValue(2);
        assertThat(slice.take(5)).isEqualTo(1);
    }

    @Test
    void leaveThatWasUsedWakesNobody() {
        Slices slices = slices(false);
        Slice slice = slices.open(2, null);
        slices.leased(slice, slice.take(2), 2);
        assertThat(offers).hasValue(1);
        assertThat(slice.isOpen()).isFalse();
    }

    @Test
    void standingLeaveHasNoEndSoNobodyWaitsForIt() {
        Slices slices = slices(true);
        Slice standing = slices.next();
        slices.leased(standing, standing.take(3), 0);
        assertThat(offers).hasValue(0);
    }
}
