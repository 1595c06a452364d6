package dev.millrace.storage.sqlite;

import dev.millrace.monitor.ErrorGroup;
import dev.millrace.monitor.Minute;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the writer counted, read back. */
final class SqliteSeriesStore implements SeriesStore {
    private final Readers readers;

    SqliteSeriesStore(Readers readers) {
        this.readers = readers;
    }

    private static final String MINUTES = """
            SELECT at, submitted, started, waits, runs FROM minute
             WHERE queue = (SELECT number FROM queue WHERE name = ?) AND at >= ? AND at < ? ORDER BY at""";

    private static final String ENDINGS = """
            SELECT at, type, what, n FROM ending
             WHERE queue = (SELECT number FROM queue WHERE name = ?) AND at >= ? AND at < ?""";

    @Override
    public List<Minute> minutes(String queue, Instant from, Instant to) {
        long first = from.toEpochMilli();
        long end = to.toEpochMilli();
        return readers.call(sql -> {
            Map<Long, Map<String, Map<String, Long>>> endings = new HashMap<>();
            sql.each(ENDINGS, row -> collect(endings, row), queue, first, end);
            return sql.all(MINUTES, row -> minute(row, endings), queue, first, end);
        });
    }

    private static boolean collect(Map<Long, Map<String, Map<String, Long>>> endings, ResultSet row)
            throws SQLException {
        endings.computeIfAbsent(row.getLong(1), at -> new HashMap<>())
                .computeIfAbsent(row.getString(2), type -> new HashMap<>())
                .put(row.getString(3), row.getLong(4));
        return true;
    }

    private static Minute minute(ResultSet row, Map<Long, Map<String, Map<String, Long>>> endings) throws SQLException {
        return new Minute(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getLong(2),
                row.getLong(3),
                endings.getOrDefault(row.getLong(1), Map.of()),
                Series.decode(row.getBytes(4)),
                Series.decode(row.getBytes(5)));
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
