package dev.millrace.dashboard;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The row of figures at the top of the overview. */
final class Tiles {
    private static final String HOUR = " in the last hour";
    private static final String NONE = "none in the last hour";

    private Tiles() {}

    /**
     * @param hour minutes of the last hour, of all queues together
     */
    static List<Tile> of(Counts counts, List<Slot> hour, List<QueueRow> rows, Instant now) {
        Slot total = Rates.total(hour);
        return List.of(
                throughput(total, hour, now),
                failures(total, hour),
                ready(counts, hour, rows),
                running(counts, rows),
                oldest(hour, rows),
                dead(counts, total, hour));
    }

    private static Tile throughput(Slot total, List<Slot> hour, Instant now) {
        String rate = Format.rate(Rates.perMinute(hour, Slot::ran, now));
        return new Tile(
                "Throughput", rate, "/min", "", Format.brief(total.ran()) + HOUR, Chart.spark(hour, Slot::ran), null);
    }

    private static Tile failures(Slot total, List<Slot> hour) {
        return new Tile(
                "Failures",
                Rates.percent(total.failed(), total.ran()),
                total.ran() == 0 ? "" : "%",
                20 * total.failed() > total.ran() ? "bad" : "",
                total.failed() == 0 ? NONE : Format.brief(total.failed()) + HOUR,
                Chart.spark(hour, Slot::failed),
                null);
    }

    private static Tile ready(Counts counts, List<Slot> hour, List<QueueRow> rows) {
        long ready = rows.stream().mapToLong(QueueRow::ready).sum();
        long scheduled = rows.stream().mapToLong(QueueRow::scheduled).sum();
        return new Tile(
                "Ready",
                Format.brief(ready),
                "",
                "",
                scheduled == 0 ? "none scheduled" : Format.brief(scheduled) + " scheduled",
                Chart.spark(Rates.backlog(hour, counts.live())),
                "/tasks?state=ready");
    }

    private static Tile running(Counts counts, List<QueueRow> rows) {
        long running = rows.stream().mapToLong(QueueRow::running).sum();
        long workers = counts.workers();
        String note = workers == 0
                ? "no worker is there"
                : "on " + Format.grouped(workers) + (workers == 1 ? " worker" : " workers");
        return new Tile("Running", Format.brief(running), "", "", note, "", "/tasks?state=running");
    }

    private static Tile oldest(List<Slot> hour, List<QueueRow> rows) {
        QueueRow oldest = oldestOf(rows);
        String spark = Chart.spark(Rates.oldest(hour, oldest == null ? null : oldest.oldest()));
        if (oldest == null) {
            return new Tile("Oldest waiting", "–", "", "", "nothing waits", spark, null);
        }
        return new Tile(
                "Oldest waiting",
                Format.span(oldest.oldest()),
                "",
                oldest.late() ? "warn" : "",
                "in " + oldest.name(),
                spark,
                "/queues/" + oldest.name());
    }

    /** The queue whose tasks wait longest, but for paused ones; null when nothing waits. */
    static QueueRow oldestOf(List<QueueRow> rows) {
        return rows.stream()
                .filter(row -> row.oldest() != null && !row.paused())
                .max(Comparator.comparing(QueueRow::oldest))
                .orElse(null);
    }

    private static Tile dead(Counts counts, Slot total, List<Slot> hour) {
        return new Tile(
                "Dead letters",
                Format.brief(counts.dead()),
                "",
                total.dead() > 0 ? "bad" : "",
                total.dead() == 0 ? NONE : "+" + Format.brief(total.dead()) + HOUR,
                Chart.spark(hour, Slot::dead),
                "/dead-letters");
    }
}
