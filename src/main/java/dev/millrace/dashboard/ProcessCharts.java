package dev.millrace.dashboard;

import dev.millrace.monitor.Reading;
import dev.millrace.monitor.Readings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How this process did in the last half hour.
 *
 * @param panels empty until there are two readings
 */
public record ProcessCharts(List<Panel> panels) {
    private static final long PER_MINUTE = 60 / Readings.STEP.toSeconds();

    /**
     * A chart with what it came to last.
     *
     * @param now the last value, in words
     */
    public record Panel(String id, String title, String now, Chart chart) {}

    static ProcessCharts of(List<Reading> readings) {
        List<Panel> panels = new ArrayList<>();
        if (readings.size() > 1) {
            Panels of = new Panels(readings, panels);
            of.add("requests", "Requests", ChartWords.PER_MINUTE, reading -> PER_MINUTE * reading.requests());
            of.add("request-time", "Time of a request", ChartWords.MICROS, Reading::requestMicros);
            of.add(
                    "store-calls",
                    "Calls of the store",
                    ChartWords.PER_MINUTE,
                    reading -> PER_MINUTE * reading.storeCalls());
            of.add("store-time", "Time of a call", ChartWords.MICROS, Reading::storeMicros);
            of.add("failures", "Calls without an answer", ChartWords.TIMES, Reading::failures);
            of.add("cpu", "Processor", ChartWords.PERCENT, Reading::cpuPercent);
            of.add("memory", "Memory", ChartWords.BYTES, Reading::memoryBytes);
            of.add("heap", "Java heap", ChartWords.BYTES, Reading::heapBytes);
        }
        return new ProcessCharts(panels);
    }

    private record Panels(List<Reading> readings, List<Panel> panels) {
        void add(String id, String title, ChartWords words, ToLongFunction<Reading> of) {
            List<Instant> moments = readings.stream().map(Reading::at).toList();
            List<Long> values = readings.stream().map(of::applyAsLong).toList();
            Chart chart = Chart.line(moments, values, new Chart.Said(title, words));
            panels.add(new Panel(id, title, words.says(values.getLast()), chart));
        }
    }
}
