package dev.millrace.role;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StillnessTest {
    private static final long MIB = 1 << 20;

    private final Stillness stillness = new Stillness();

    @Test
    void nothingIsCollectedWhileMuchIsAskedFor() {
        for (long used = 4 * MIB; used < 60 * MIB; used += 4 * MIB) {
            assertThat(stillness.isWorthCollecting(used)).isFalse();
        }
        assertThat(stillness.isWorthCollecting(5 * MIB)).as("the collector ran").isFalse();
    }

    @Test
    void whatAStartOrABurstLeftIsCollectedOnce() {
        assertThat(stillness.isWorthCollecting(20 * MIB)).isFalse();
        assertThat(stillness.isWorthCollecting(20 * MIB + 1)).as("by chance").isFalse();
        assertThat(stillness.isWorthCollecting(20 * MIB + 2)).isTrue();
        stillness.collected(4 * MIB);
        assertThat(stillness.isWorthCollecting(5 * MIB)).isFalse();

        assertThat(stillness.isWorthCollecting(15 * MIB)).isFalse();
        assertThat(stillness.isWorthCollecting(15 * MIB)).isFalse();
        assertThat(stillness.isWorthCollecting(15 * MIB)).isTrue();
    }

    @Test
    void whatAnIdleProcessMakesIsCollectedWhenItIsWorthAPause() {
        stillness.collected(4 * MIB);
        for (long used = 5 * MIB; used < 10 * MIB; used += MIB) {
            assertThat(stillness.isWorthCollecting(used)).isFalse();
        }
        assertThat(stillness.isWorthCollecting(10 * MIB)).isTrue();
    }
}
