package dev.millrace.dashboard;

import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the pages of queues together. */
@Singleton
class QueueViews {
    private static final int FAILURES = 5;

    private final Present present;
    private final Past past;
    private final Queues queues;
    private final SeriesStore series;
    private final InstantSource clock;

    QueueViews(Present present, Past past, Queues queues, SeriesStore series, InstantSource clock) {
        this.present = present;
        this.past = past;
        this.queues = queues;
        this.series = series;
        this.clock = clock;
    }

    /**
     * @param text part of the names; empty for all
     */
    QueueList list(String text, String sort, int page) {
        Instant now = clock.instant();
        Map<String, List<Slot>> hours = past.lastHour();
        String wanted = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        List<QueueRow> rows = present.look().queues().stream()
                .filter(queue -> queue.name().contains(wanted))
                .map(queue -> QueueRow.of(queue, hours.getOrDefault(queue.name(), List.of()), now))
                .sorted(order(sort))
                .toList();
        return QueueList.of(rows, wanted, sort, page, present.look().queues().isEmpty());
    }

    private static Comparator<QueueRow> order(String sort) {
        Comparator<QueueRow> byName = Comparator.comparing(QueueRow::name);
        return switch (sort == null ? "" : sort) {
            case "ready" ->
                Comparator.comparingLong((QueueRow row) -> -row.ready()).thenComparing(byName);
            case "running" ->
                Comparator.comparingLong((QueueRow row) -> -row.running()).thenComparing(byName);
            case "scheduled" ->
                Comparator.comparingLong((QueueRow row) -> -row.scheduled()).thenComparing(byName);
            case "dead" ->
                Comparator.comparingLong((QueueRow row) -> -row.dead()).thenComparing(byName);
            case "oldest" ->
                Comparator.comparingLong((QueueRow row) ->
                                row.oldest() == null ? 1 : -row.oldest().toMillis())
                        .thenComparing(byName);
            case "in" -> Comparator.comparingDouble((QueueRow row) -> -row.in()).thenComparing(byName);
            case "out" ->
                Comparator.comparingDouble((QueueRow row) -> -row.out()).thenComparing(byName);
            default -> byName;
        };
    }

    QueueSnapshot existing(String name) {
        return queues.find(name)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.QUEUE_NOT_FOUND,
                        "There is no queue " + name + "; a queue comes into being with its first task."));
    }

    QueueView view(String name, Range range) {
        QueueSnapshot queue = existing(name);
        List<Slot> slots = past.of(name, range);
        List<Slot> hour = range == Range.HOUR ? slots : past.of(name, Range.HOUR);
        QueueRow row = QueueRow.of(queue, hour, clock.instant());
        return new QueueView(
                queue,
                row,
                range,
                Charts.of(slots, range, queue.live(), row.oldest()),
                queue.count(TaskState.DEAD) == 0 && Rates.sum(slots, Slot::failed) == 0
                        ? List.of()
                        : series.errorGroups(name, FAILURES));
    }
}
