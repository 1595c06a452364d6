package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void bucketsAreFourToAPowerOfTwo() {
        assertThat(Buckets.index(-5)).isZero();
        assertThat(Buckets.index(0)).isZero();
        assertThat(Buckets.index(3)).isEqualTo(3);
        assertThat(Buckets.index(4)).isEqualTo(4);
        assertThat(Buckets.index(8)).isEqualTo(8);
        assertThat(Buckets.index(9)).isEqualTo(8);
        assertThat(Buckets.index(10)).isEqualTo(9);
        assertThat(Buckets.index(16)).isEqualTo(12);
        assertThat(Buckets.index((1L << 30) - 1)).isEqualTo(Buckets.COUNT - 2);
        assertThat(Buckets.index(1L << 30)).isEqualTo(Buckets.COUNT - 1);
        assertThat(Buckets.index(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
    }

    @Test
    void everyValueIsUnderItsBucketsBoundAndNearItsMiddle() {
        for (long value = 0; value < 1L << 30; value += 1 + value / 50) {
            int index = Buckets.index(value);
            assertThat(value).isLessThan(Buckets.bound(index));
            assertThat(index == 0 || value >= Buckets.bound(index - 1)).isTrue();
            assertThat(Buckets.middle(index)).isCloseTo(value, Percentage.withPercentage(12.5));
        }
        assertThat(Buckets.bound(Buckets.COUNT - 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Buckets.middle(Buckets.COUNT - 1)).isEqualTo(1L << 30);
    }

    @Test
    void percentileIsTheMiddleOfItsBucket() {
        long[] counts = new long[Buckets.COUNT];
        assertThat(Buckets.percentile(counts, 0.5)).isNegative();
        counts[1] = 98;
        counts[Buckets.index(1000)] = 2;
        assertThat(Buckets.percentile(counts, 0)).isEqualTo(1);
        assertThat(Buckets.percentile(counts, 0.5)).isEqualTo(1);
        assertThat(Buckets.percentile(counts, 0.98)).isEqualTo(1);
        assertThat(Buckets.percentile(counts, 0.99)).isEqualTo(960);
        assertThat(Buckets.percentile(counts, 1)).isEqualTo(960);
    }
}
