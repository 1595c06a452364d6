package dev.millrace.dashboard;

import java.time.Duration;
import java.util.List;

/**
 * How things went, of one queue or of all together.
 *
 * @param backlog tasks that did not end yet
 * @param oldest how long the longest waiting task had waited
 * @param waits how long tasks had waited when they started
 */
public record Charts(Range range, Chart throughput, Chart backlog, Chart oldest, Chart waits, List<Latency> latencies) {
    /**
     * @param live tasks that did not end, now
     * @param waited how long the longest waiting task has waited, now; null when none waits
     */
    static Charts of(List<Slot> slots, Range range, long live, Duration waited) {
        Slot total = Rates.total(slots);
        return new Charts(
                range,
                Chart.bars(
                        "Runs per " + range.stepInWords(),
                        slots,
                        new Chart.Series(Slot::succeeded, "succeeded"),
                        new Chart.Series(Slot::failed, "failed")),
                Chart.line("Tasks not done yet", slots, Rates.backlog(slots, live), ChartWords.TASKS),
                Chart.line("Age of the oldest waiting task", slots, Rates.oldest(slots, waited), ChartWords.MILLIS),
                Chart.line(
                        "Wait before a start, 95th percentile",
                        slots,
                        slots.stream().map(slot -> slot.waits(0.95)).toList(),
                        ChartWords.MILLIS),
                List.of(Latency.waits(total), Latency.runs(total)));
    }
}
