package dev.millrace.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The geometry of a chart, in a box of {@link #WIDTH} by {@link #HEIGHT} that is stretched to whatever room there is.
 *
 * @param title what it shows, for those who do not see it
 * @param columns one per slot
 * @param line path of a line over the columns; empty for none
 * @param area the same, closed at the bottom
 * @param marks the scale, the highest first
 * @param axis the times below the chart
 * @param flat there is nothing to show but zeros
 */
public record Chart(
        String title, List<Column> columns, String line, String area, List<String> marks, TimeAxis axis, boolean flat) {
    public static final int WIDTH = 960;
    public static final int HEIGHT = 100;

    private static final int[] SMALL = {4, 6, 8, 10};
    private static final int[] STEPS = {12, 20, 30, 40, 50, 60, 80, 100};

    /** A slot: two stacked bars, and a strip over the whole height to point at. */
    public record Column(
            Instant at, String x, String width, Bar lower, Bar upper, String left, String full, String tip) {}

    /** Null height for none. */
    public record Bar(String y, String height) {}

    /** Bars of {@code lower} with {@code upper} on top of it. */
    static Chart bars(String title, List<Slot> slots, Series lower, Series upper) {
        long highest = slots.stream()
                .mapToLong(slot -> lower.of(slot) + upper.of(slot))
                .max()
                .orElse(0);
        long top = roundUp(Math.max(1, highest));
        double step = (double) WIDTH / slots.size();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            double low = HEIGHT * (double) lower.of(slot) / top;
            double high = HEIGHT * (double) upper.of(slot) / top;
            columns.add(new Column(
                    slot.at(),
                    text(i * step + step * 0.12),
                    text(step * 0.76),
                    bar(HEIGHT - low, low),
                    bar(HEIGHT - low - high, high),
                    text(i * step),
                    text(step),
                    "@\n" + lower.says(slot) + "\n" + upper.says(slot)));
        }
        return new Chart(
                title,
                columns,
                "",
                "",
                marks(top, Format::brief),
                TimeAxis.of(slots.stream().map(Slot::at).toList()),
                highest == 0);
    }

    /** A line through the values; where there is none (a negative one) it rests at the bottom. */
    static Chart line(String title, List<Slot> slots, List<Long> values, ChartWords words) {
        return line(slots.stream().map(Slot::at).toList(), values, new Said(title, words));
    }

    /** The same of moments, at least one. */
    static Chart line(List<Instant> moments, List<Long> values, Said said) {
        ChartWords words = said.words;
        long highest = values.stream().mapToLong(Long::longValue).max().orElse(0);
        long top = words.top(highest);
        double step = (double) WIDTH / moments.size();
        StringBuilder line = new StringBuilder();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < moments.size(); i++) {
            long value = values.get(i);
            double y = HEIGHT - HEIGHT * (double) Math.max(0, value) / top;
            line.append(i == 0 ? "M" : "L")
                    .append(text((i + 0.5) * step))
                    .append(' ')
                    .append(text(y));
            String tip = "@\n" + (value < 0 ? "none" : words.says(value));
            columns.add(new Column(moments.get(i), "0", "0", null, null, text(i * step), text(step), tip));
        }
        String area = line + "L" + text(WIDTH - step / 2) + " " + HEIGHT + "L" + text(step / 2) + " " + HEIGHT + "Z";
        return new Chart(
                said.title,
                columns,
                line.toString(),
                area,
                marks(top, words::mark),
                TimeAxis.of(moments),
                highest <= 0);
    }

    /** A small line without anything around it; empty when there is nothing but zeros. */
    static String spark(List<Slot> slots, ToLongFunction<Slot> of) {
        return spark(slots.stream().map(of::applyAsLong).toList());
    }

    /** The same, of values. */
    static String spark(List<Long> values) {
        long top = values.stream().mapToLong(Long::longValue).max().orElse(0);
        if (top <= 0) {
            return "";
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double y = 1 + 26 * (1 - (double) Math.max(0, values.get(i)) / top);
            line.append(i == 0 ? "M" : "L").append(text(120.0 * i / (values.size() - 1)));
            line.append(' ').append(text(y));
        }
        return line.toString();
    }

    /** The next value that makes a fine scale, with a middle that is one as well. */
    static long roundUp(long value) {
        if (value <= 2) {
            return value;
        }
        for (long unit = 1; unit < Long.MAX_VALUE / 100; unit *= 10) {
            for (int step : unit == 1 ? SMALL : STEPS) {
                long top = unit == 1 ? step : step * unit / 10;
                if (top >= value) {
                    return top;
                }
            }
        }
        return value;
    }

    private static Bar bar(double y, double height) {
        return height <= 0 ? null : new Bar(text(y), text(Math.max(height, 0.8)));
    }

    private static List<String> marks(long top, java.util.function.LongFunction<String> words) {
        return top == 1 ? List.of(words.apply(1), "0") : List.of(words.apply(top), words.apply(top / 2), "0");
    }

    /** Of a number that is not negative, with two decimals or none; a page has thousands of them. */
    static String text(double number) {
        long hundredths = Math.round(100 * number);
        long rest = hundredths % 100;
        String whole = Long.toString(hundredths / 100);
        return rest == 0 ? whole : whole + (rest < 10 ? ".0" : ".") + rest;
    }

    /** One of the things that bars count. */
    record Series(ToLongFunction<Slot> value, String word) {
        long of(Slot slot) {
            return value.applyAsLong(slot);
        }

        String says(Slot slot) {
            return Format.grouped(of(slot)) + " " + word;
        }
    }

    /** What a line shows, and how its values are said. */
    record Said(String title, ChartWords words) {}
}
