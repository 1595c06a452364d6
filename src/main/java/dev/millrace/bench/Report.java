package dev.millrace.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The figures of a run, in the order in which they were taken. */
final class Report {
    private final Map<String, Object> figures = new LinkedHashMap<>();

    Report put(String name, Object value) {
        figures.put(name, value);
        return this;
    }

    /** Whole numbers: nothing after the point is reproducible. */
    Report perSecond(String name, double value) {
        return put(name, Math.round(value));
    }

    Report ratio(String name, double value) {
        return put(name, round(value, 2));
    }

    Report section(String name, Report section) {
        return put(name, section.figures);
    }

    /** Sections with the same figures, which a table shows as a line each. */
    Report grid(String name, Map<String, Report> lines) {
        Grid grid = new Grid();
        lines.forEach((line, report) -> grid.put(line, report.figures));
        return put(name, grid);
    }

    private static final class Grid extends LinkedHashMap<String, Map<String, Object>> {
        private static final long serialVersionUID = 1;

        void print(PrintWriter out, String name) {
            int width = keySet().stream().mapToInt(String::length).max().orElse(0);
            if (isEmpty()) {
                return;
            }
            out.println();
            out.println(line(name, width, firstEntry().getValue().keySet()));
            forEach((line, figures) -> out.println(line(line, width, figures.values())));
        }

        private static String line(String name, int width, Collection<?> cells) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", name));
            cells.forEach(cell -> line.append(String.format(Locale.ROOT, "  %10s", text(cell))));
            return line.toString();
        }
    }

    /** Milliseconds from nanoseconds. */
    static Report latency(Histogram nanos) {
        return new Report()
                .put("p50", millis(nanos, 50))
                .put("p90", millis(nanos, 90))
                .put("p99", millis(nanos, 99))
                .put("p999", millis(nanos, 99.9))
                .put("max", round(nanos.getMaxValue() / 1e6, 3));
    }

    /** Milliseconds of starts, of which there are too few for more than this. */
    static Report starts(Histogram nanos) {
        return new Report()
                .put("p50", millis(nanos, 50))
                .put("p95", millis(nanos, 95))
                .put("max", millis(nanos, 100));
    }

    /** One object on one line. */
    String json() {
        try {
            return new ObjectMapper().writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void table(PrintWriter out) {
        table(out, "", figures);
        out.flush();
    }

    private static void table(PrintWriter out, String prefix, Map<?, ?> figures) {
        figures.forEach((name, value) -> {
            if (value instanceof Grid grid) {
                grid.print(out, prefix + name);
            } else if (value instanceof Map<?, ?> section) {
                table(out, prefix + name + ".", section);
            } else {
                out.printf(Locale.ROOT, "%-28s %s%n", prefix + name, text(value));
            }
        });
    }

    private static String text(Object value) {
        return switch (value) {
            case Long number -> String.format(Locale.ROOT, "%,d", number);
            case Boolean kept -> kept ? "yes" : "no";
            default -> String.valueOf(value);
        };
    }

    private static double millis(Histogram nanos, double percentile) {
        return round(nanos.getValueAtPercentile(percentile) / 1e6, 3);
    }

    private static double round(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
