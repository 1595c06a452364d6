package dev.millrace.monitor;

/**
 * The histogram buckets of waits and runs: four to each power of two of a millisecond, from under 1 ms to 2^30 ms (12 days)
 * and more. What is told of a bucket is its middle, which is off by an eighth at most. Stores compute the index themselves,
 * by this rule.
 */
public final class Buckets {
    /** Below 4 ms each millisecond has its own; the last one takes the rest. */
    public static final int COUNT = 117;

    private static final int SINGLE = 4;

    private Buckets() {}

    public static int index(long millis) {
        if (millis < SINGLE) {
            return (int) Math.max(0, millis);
        }
        int power = 61 - Long.numberOfLeadingZeros(millis);
        return (int) Math.min(COUNT - 1, 4L * power + (millis >> power));
    }

    /** The upper bound of a bucket, exclusive, in milliseconds; the last has none and answers {@link Long#MAX_VALUE}. */
    public static long bound(int index) {
        if (index < SINGLE) {
            return index + 1L;
        }
        return index == COUNT - 1 ? Long.MAX_VALUE : (index % 4 + 5L) << (index / 4 - 1);
    }

    /** The middle of a bucket, in milliseconds; of the last one its start. */
    public static long middle(int index) {
        long from = index == 0 ? 0 : bound(index - 1);
        return index == COUNT - 1 ? from : (from + bound(index)) / 2;
    }

    /** The middle of the bucket that the given share of all counts does not exceed; negative when all are 0. */
    public static long percentile(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        long rank = Math.max(1, (long) Math.ceil(total * share));
        long seen = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return middle(i);
            }
        }
        return -1;
    }
}
