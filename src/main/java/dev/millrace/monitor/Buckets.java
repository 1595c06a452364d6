package dev.millrace.monitor;

/**
 * The histogram buckets of waits and runs: powers of two of a millisecond, from under 1 ms to 2^30 ms (12 days) and more.
 * Stores compute the index themselves, by this rule.
 */
public final class Buckets {
    /** Bucket 0 is under 1 ms, bucket k is 2^(k-1) to under 2^k ms, the last one takes the rest. */
    public static final int COUNT = 32;

    private Buckets() {}

    public static int index(long millis) {
        if (millis <= 0) {
            return 0;
        }
        return Math.min(COUNT - 1, 64 - Long.numberOfLeadingZeros(millis));
    }

    /** The upper bound of a bucket, in milliseconds; the last has none and answers {@link Long#MAX_VALUE}. */
    public static long bound(int index) {
        return index == COUNT - 1 ? Long.MAX_VALUE : 1L << index;
    }

    /** The upper bound of the bucket that holds the given share of all counts, in milliseconds; 0 when all are 0. */
    public static long percentile(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        long rank = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return bound(i);
            }
        }
        return 0;
    }
}
