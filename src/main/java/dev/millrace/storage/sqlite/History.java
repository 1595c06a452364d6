package dev.millrace.storage.sqlite;

import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.LogLine;
import dev.millrace.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tasks' histories and logs. What every task goes through (submitted, due, leased, completed) follows from its record;
 * only when something else happens are events written, those that followed from the record first.
 */
final class History {
    private static final int KEPT = Event.KEPT_EACH_END;

    private final Statements sql;

    History(Statements sql) {
        this.sql = sql;
    }

    /**
     * Writes that a task enters a state. Must come before the record is changed.
     *
     * @param worker null when none is involved
     */
    void write(LiveBatch batch, int index, Event event) throws SQLException {
        TaskRecord record = batch.records[index];
        long task = batch.task(index);
        int next = record.has(TaskRecord.HAS_EVENTS) ? next(task) : 0;
        for (Event told : told(record, batch.worker(record))) {
            insert(task, next++, told);
        }
        insert(task, next, event);
        record.set(TaskRecord.TELLS_ALL, false);
        record.set(TaskRecord.HAS_EVENTS, true);
    }

    /** The events that follow from the record alone, oldest first. */
    static List<Event> told(TaskRecord r, String worker) {
        List<Event> told = new ArrayList<>(4);
        if (r.has(TaskRecord.TELLS_SUBMITTED)) {
            TaskState born = r.has(TaskRecord.BORN_SCHEDULED) ? TaskState.SCHEDULED : TaskState.READY;
            told.add(new Event(Instant.ofEpochMilli(r.createdAt), born, Cause.SUBMITTED, 0, null, null));
        }
        if (r.has(TaskRecord.TELLS_DUE)) {
            int attempt = r.has(TaskRecord.TELLS_LEASED) ? r.attempts - 1 : r.attempts;
            told.add(new Event(Instant.ofEpochMilli(r.readyAt), TaskState.READY, Cause.DUE, attempt, null, null));
        }
        if (r.has(TaskRecord.TELLS_LEASED)) {
            Instant at = Instant.ofEpochMilli(r.startedAt);
            told.add(new Event(at, TaskState.RUNNING, Cause.LEASED, r.attempts, worker, null));
        }
        if (r.has(TaskRecord.TELLS_COMPLETED)) {
            Instant at = Instant.ofEpochMilli(r.finishedAt);
            told.add(new Event(at, TaskState.SUCCEEDED, Cause.COMPLETED, r.attempts, worker, null));
        }
        return told;
    }

    private static final String NEXT = """
            SELECT max(n) + 1 FROM event WHERE task = ?""";

    private int next(long task) throws SQLException {
        return sql.first(NEXT, row -> row.getInt(1), task);
    }

    private static final String INSERT = """
            INSERT INTO event (task, n, at, state, cause, attempt, worker, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String DROP = """
            DELETE FROM event WHERE task = ? AND n = ?""";

    /** The first and the last stay: from the middle goes the one that is now too far from both ends. */
    private void insert(long task, int n, Event event) throws SQLException {
        sql.update(
                INSERT,
                task,
                n,
                event.at().toEpochMilli(),
                event.state().code(),
                event.cause().code(),
                event.attempt(),
                event.worker(),
                event.message());
        if (n >= 2 * KEPT) {
            sql.update(DROP, task, n - KEPT);
        }
    }

    private static final String EVENTS = """
            SELECT at, state, cause, attempt, worker, message FROM event WHERE task = ? ORDER BY n""";

    /** The whole history of a task, on whichever connection. */
    static List<Event> read(Statements sql, long task, TaskRecord record, String worker) throws SQLException {
        List<Event> events = new ArrayList<>();
        if (record.has(TaskRecord.HAS_EVENTS)) {
            events.addAll(sql.all(EVENTS, History::event, task));
        }
        events.addAll(told(record, worker));
        while (events.size() > 2 * KEPT) {
            events.remove(KEPT);
        }
        return List.copyOf(events);
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                Instant.ofEpochMilli(row.getLong(1)),
                TaskState.ofCode(row.getInt(2)),
                Cause.ofCode(row.getInt(3)),
                row.getInt(4),
                row.getString(5),
                row.getString(6));
    }

    private static final String NEXT_LINE = """
            SELECT coalesce(max(n) + 1, 0) FROM line WHERE task = ?""";

    private static final String SAME_LINES = """
            SELECT text FROM line WHERE task = ? AND at = ? AND attempt = ? ORDER BY n""";

    private static final String INSERT_LINE = """
            INSERT INTO line (task, n, at, attempt, text) VALUES (?, ?, ?, ?, ?)""";

    private static final String DROP_LINES = """
            DELETE FROM line WHERE task = ? AND n < ?""";

    /** Adds lines to a task's log, of which the last are kept; a repeat of the same call adds nothing. */
    void log(LiveBatch batch, int index, List<String> lines, long now) throws SQLException {
        TaskRecord record = batch.records[index];
        long task = batch.task(index);
        List<String> last = lines.stream()
                .skip(Math.max(0, lines.size() - LogLine.LIMIT))
                .map(History::cut)
                .toList();
        List<String> there = sql.all(SAME_LINES, row -> row.getString(1), task, now, record.attempts);
        if (Collections.indexOfSubList(there, last) >= 0) {
            return;
        }
        int next = sql.first(NEXT_LINE, row -> row.getInt(1), task);
        for (String line : last) {
            sql.update(INSERT_LINE, task, next++, now, record.attempts, line);
        }
        sql.update(DROP_LINES, task, next - LogLine.LIMIT);
        record.set(TaskRecord.HAS_LOG, true);
    }

    private static String cut(String line) {
        if (line.length() <= LogLine.MAX_LENGTH) {
            return line;
        }
        boolean split = Character.isHighSurrogate(line.charAt(LogLine.MAX_LENGTH - 1));
        return line.substring(0, split ? LogLine.MAX_LENGTH - 1 : LogLine.MAX_LENGTH);
    }

    private static final String LINES = """
            SELECT at, attempt, text FROM line WHERE task = ? ORDER BY n""";

    static List<LogLine> readLog(Statements sql, long task) throws SQLException {
        return sql.all(
                LINES, row -> new LogLine(Instant.ofEpochMilli(row.getLong(1)), row.getInt(2), row.getString(3)), task);
    }

    private static final String DELETE = """
            DELETE FROM event WHERE task = ?""";

    private static final String DELETE_LINES = """
            DELETE FROM line WHERE task = ?""";

    void delete(long task) throws SQLException {
        sql.update(DELETE, task);
        sql.update(DELETE_LINES, task);
    }
}
