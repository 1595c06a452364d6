package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void bucketsArePowersOfTwo() {
        assertThat(Buckets.index(-5)).isZero();
        assertThat(Buckets.index(0)).isZero();
        assertThat(Buckets.index(1)).isEqualTo(1);
        assertThat(Buckets.index(2)).isEqualTo(2);
        assertThat(Buckets.index(3)).isEqualTo(2);
        assertThat(Buckets.index(4)).isEqualTo(3);
        assertThat(Buckets.index((1L << 30) - 1)).isEqualTo(30);
        assertThat(Buckets.index(1L << 30)).isEqualTo(31);
        assertThat(Buckets.index(Long.MAX_VALUE)).isEqualTo(31);
    }

    @Test
    void everyValueIsUnderItsBucketsBound() {
        for (long value : new long[] {0, 1, 7, 8, 9, 1_000, 86_400_000}) {
            int index = Buckets.index(value);
            assertThat(value).isLessThan(Buckets.bound(index));
            assertThat(index == 0 || value >= Buckets.bound(index - 1)).isTrue();
        }
        assertThat(Buckets.bound(31)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void percentileIsTheBoundOfItsBucket() {
        long[] counts = new long[Buckets.COUNT];
        assertThat(Buckets.percentile(counts, 0.5)).isZero();
        counts[1] = 98;
        counts[10] = 2;
        assertThat(Buckets.percentile(counts, 0.5)).isEqualTo(2);
        assertThat(Buckets.percentile(counts, 0.98)).isEqualTo(2);
        assertThat(Buckets.percentile(counts, 0.99)).isEqualTo(1024);
        assertThat(Buckets.percentile(counts, 1)).isEqualTo(1024);
    }
}
