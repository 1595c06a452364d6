package dev.millrace.queue;

import java.time.Duration;

/**
 * How many tasks of a queue may be leased in a time, over all workers: a bucket that fills evenly and that each lease takes
 * from.
 *
 * @param limit tasks that come into the bucket in {@code per}, 1 to {@link #MOST}
 * @param per {@link #SHORTEST} to {@link #LONGEST}
 * @param burst tasks that the bucket holds, 1 to {@link #MOST}; null for what comes in a second, at least one
 */
public record RateLimit(long limit, Duration per, Long burst) {
    public static final long MOST = 1_000_000;
    public static final Duration SHORTEST = Duration.ofMillis(1);
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final long SECOND = 1_000_000;
    /** Of a task, by which a bucket may be short for want of precision. */
    private static final double NOTHING = 1e-6;

    /** Tasks that the bucket holds. */
    public long holds() {
        return burst != null ? burst : Math.max(1, limit * SECOND / micros());
    }

    /** In which the limit comes into the bucket. */
    public long micros() {
        return per.toMillis() * 1000;
    }

    /**
     * How many may be leased.
     *
     * @param full when the bucket will be full, in microseconds since 1970; 0 and what is past for one that is
     * @param now in milliseconds
     */
    public long allowed(long full, long now) {
        double missing = (bounded(full, now) - now * 1000) / step();
        return (long) Math.floor(holds() - missing + NOTHING);
    }

    /** When the bucket will be full after so many more were leased. */
    public long spent(long full, long now, long leased) {
        return bounded(full, now) + (long) Math.ceil(leased * step());
    }

    /** When one more may be leased, in microseconds; what is past means that it may be now. */
    public long next(long full, long now) {
        return bounded(full, now) - (long) Math.floor((holds() - 1) * step());
    }

    /** No bucket lacks more than it holds, whatever the clock or the limit was before; none will be full before now. */
    public long bounded(long full, long now) {
        return Math.clamp(full, now * 1000, now * 1000 + (long) Math.ceil(holds() * step()));
    }

    private double step() {
        return (double) micros() / limit;
    }
}
