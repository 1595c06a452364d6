package dev.millrace.delivery.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How answer times are spread, small enough to be told to other nodes and put together with theirs.
 *
 * @param samples how many answers it was made of
 * @param nanos the answer times at each twentieth, from the quickest; empty without samples
 */
public record Spread(int samples, List<Long> nanos) {
    public static final int POINTS = 20;
    public static final Spread NONE = new Spread(0, List.of());
    private static final double NANOS_PER_MILLI = 1e6;

    public Spread {
        nanos = List.copyOf(nanos);
    }

    private record Weighted(long nanos, double weight) {}

    /**
     * @param times in any order; not changed
     */
    static Spread of(long[] times) {
        if (times.length == 0) {
            return NONE;
        }
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        List<Long> points = new ArrayList<>(POINTS);
        for (int i = 0; i < POINTS; i++) {
            points.add(sorted[i * sorted.length / POINTS]);
        }
        return new Spread(sorted.length, points);
    }

    /** As if all were of one. */
    public static Spread together(List<Spread> some) {
        List<Weighted> all = new ArrayList<>();
        int samples = 0;
        for (Spread one : some) {
            one.nanos.forEach(point -> all.add(new Weighted(point, (double) one.samples / POINTS)));
            samples += one.samples;
        }
        if (all.isEmpty()) {
            return NONE;
        }
        all.sort(Comparator.comparingLong(Weighted::nanos));
        List<Long> points = new ArrayList<>(POINTS);
        int at = 0;
        double passed = all.getFirst().weight();
        for (int i = 0; i < POINTS; i++) {
            while (passed <= (double) i * samples / POINTS && at < all.size() - 1) {
                passed += all.get(++at).weight();
            }
            points.add(all.get(at).nanos());
        }
        return new Spread(samples, points);
    }

    /** In milliseconds; 0 without samples. */
    public double median() {
        return quantile(POINTS / 2);
    }

    /** The 95th percentile in milliseconds; 0 without samples. */
    public double p95() {
        return quantile(POINTS - 1);
    }

    private double quantile(int point) {
        return nanos.isEmpty() ? 0 : nanos.get(point) / NANOS_PER_MILLI;
    }
}
