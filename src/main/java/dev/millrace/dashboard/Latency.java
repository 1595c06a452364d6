package dev.millrace.dashboard;

/**
 * A line of the table of waits and runs, in words.
 *
 * @param median of half of all
 */
public record Latency(String title, String median, String p95, String p99) {
    static Latency waits(Slot total) {
        return new Latency("Wait", text(total.waits(0.5)), text(total.waits(0.95)), text(total.waits(0.99)));
    }

    static Latency runs(Slot total) {
        return new Latency("Run", text(total.runs(0.5)), text(total.runs(0.95)), text(total.runs(0.99)));
    }

    private static String text(long millis) {
        return millis < 0 ? "–" : Format.aboutMillis(millis);
    }
}
