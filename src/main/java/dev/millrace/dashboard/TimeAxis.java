package dev.millrace.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The times below a chart: a few, and round ones.
 *
 * @param from the moment of the first slot, and {@code to} that of the last
 * @param inset how far from the sides of the chart these are, in percent of its width
 * @param step seconds from one time to the next
 */
public record TimeAxis(Instant from, Instant to, String inset, long step, List<Tick> ticks) {
    private static final long[] STEPS = {60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400};
    private static final double MOST = 4.5;

    /** From the sides, in percent; what is nearer would stand out over them. */
    private static final double MARGIN = 5;

    /**
     * A time and where it is.
     *
     * @param x in percent of the chart's width
     * @param anchor which part of the word stands there, as SVG says it
     */
    public record Tick(Instant at, String x, String anchor) {}

    /** Round in UTC; for viewers elsewhere the page moves them. */
    static TimeAxis of(List<Instant> moments) {
        Instant from = moments.getFirst();
        Instant to = moments.getLast();
        double inset = 50.0 / moments.size();
        double span = Math.max(1, Duration.between(from, to).toSeconds());
        long step = step(span);
        List<Tick> ticks = new ArrayList<>();
        for (long at = Math.ceilDiv(from.getEpochSecond(), step) * step; at <= to.getEpochSecond(); at += step) {
            double x = inset + (100 - 2 * inset) * (at - from.getEpochSecond()) / span;
            String anchor = x < MARGIN ? "start" : x > 100 - MARGIN ? "end" : "middle";
            ticks.add(new Tick(Instant.ofEpochSecond(at), Chart.text(x), anchor));
        }
        return new TimeAxis(from, to, Chart.text(inset), step, ticks);
    }

    private static long step(double span) {
        for (long step : STEPS) {
            if (span / step <= MOST) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }
}
