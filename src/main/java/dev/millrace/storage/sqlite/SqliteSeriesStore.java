package dev.millrace.storage.sqlite;

import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.ErrorGroup;
import dev.millrace.monitor.Level;
import dev.millrace.monitor.Minute;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the writer counted and noted, read back. */
final class SqliteSeriesStore implements SeriesStore {
    private final Writer writer;
    private final Readers readers;

    SqliteSeriesStore(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    private static final String PAST = """
            SELECT counts FROM minute
             WHERE queue = (SELECT number FROM queue WHERE name = ?) AND at >= ? AND at < ? ORDER BY at""";

    private static final String PRESENT = """
            SELECT minute FROM queue WHERE name = ? AND minute IS NOT NULL""";

    @Override
    public Map<String, List<Minute>> minutes(Map<String, Instant> from, Instant to) {
        return readers.call(sql -> {
            Map<String, List<Minute>> minutes = new HashMap<>();
            for (Map.Entry<String, Instant> one : from.entrySet()) {
                minutes.put(
                        one.getKey(), minutes(sql, one.getKey(), one.getValue().toEpochMilli(), to.toEpochMilli()));
            }
            return minutes;
        });
    }

    private static List<Minute> minutes(Statements sql, String queue, long first, long end) throws SQLException {
        List<MinuteCounts> counts = sql.all(PAST, SqliteSeriesStore::counts, queue, first, end);
        MinuteCounts present = sql.first(PRESENT, SqliteSeriesStore::counts, queue);
        if (present != null && present.at >= first && present.at < end) {
            counts.removeIf(minute -> minute.at == present.at);
            counts.add(present);
        }
        return counts.stream().map(MinuteCounts::toMinute).toList();
    }

    private static MinuteCounts counts(ResultSet row) throws SQLException {
        return MinuteCounts.decode(row.getBytes(1));
    }

    @Override
    public void note(Map<String, Level> levels) {
        writer.call(tx -> {
            for (Map.Entry<String, Level> level : levels.entrySet()) {
                tx.series.note(level.getKey(), level.getValue());
            }
            return null;
        });
    }

    private static final String LEVELS = """
            SELECT at, live, oldest FROM level WHERE queue = ? AND at >= ? AND at < ? ORDER BY at""";

    @Override
    public List<Level> levels(String queue, Instant from, Instant to) {
        return readers.call(sql -> {
            Integer number = Series.number(sql, queue);
            return number == null
                    ? List.of()
                    : sql.all(LEVELS, SqliteSeriesStore::level, number, from.toEpochMilli(), to.toEpochMilli());
        });
    }

    private static Level level(ResultSet row) throws SQLException {
        return new Level(Instant.ofEpochMilli(row.getLong(1)), row.getLong(2), Duration.ofMillis(row.getLong(3)));
    }

    private static final String DEAD = """
            SELECT fingerprint, task_type, error_type, message, n, first, last, sample, dead FROM failure
             WHERE queue = (SELECT number FROM queue WHERE name = ?) AND dead > 0 ORDER BY dead DESC LIMIT ?""";

    @Override
    public List<DeadGroup> deadGroups(List<String> queues, int limit) {
        return readers.call(sql -> {
            List<DeadGroup> groups = new ArrayList<>();
            for (String queue : queues) {
                groups.addAll(sql.all(DEAD, row -> new DeadGroup(queue, group(row), row.getLong(9)), queue, limit));
            }
            return groups;
        });
    }

    private static final String GROUPS = """
            SELECT fingerprint, task_type, error_type, message, n, first, last, sample FROM failure
             WHERE queue = (SELECT number FROM queue WHERE name = ?) ORDER BY last DESC LIMIT ?""";

    @Override
    public List<ErrorGroup> errorGroups(String queue, int limit) {
        return readers.call(sql -> sql.all(GROUPS, SqliteSeriesStore::group, queue, limit));
    }

    private static ErrorGroup group(ResultSet row) throws SQLException {
        return new ErrorGroup(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                new TaskId(row.getString(8)));
    }
}
