package dev.millrace.storage.sqlite;

import dev.millrace.monitor.SeriesStore;
import dev.millrace.task.ErrorShape;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import java.sql.SQLException;

/** Error groups: failures that look alike, counted. */
final class Failures {
    private final Statements sql;

    Failures(Statements sql) {
        this.sql = sql;
    }

    private static final String COUNT = """
            INSERT INTO failure (queue, fingerprint, task_type, error_type, message, n, first, last, sample)
            VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)
            ON CONFLICT (queue, fingerprint) DO UPDATE
              SET n = n + 1, last = excluded.last, message = excluded.message, sample = excluded.sample
            RETURNING n""";

    /** Least recently seen first; n is the most that stay. */
    private static final String TRIM = """
            DELETE FROM failure WHERE (queue, fingerprint) IN (
              SELECT queue, fingerprint FROM failure WHERE queue = ? ORDER BY last DESC LIMIT -1 OFFSET ?)""";

    private static final String FALL = """
            UPDATE failure SET dead = dead + 1 WHERE queue = ? AND fingerprint = ?""";

    private static final String RISE = """
            UPDATE failure SET dead = dead - 1 WHERE queue = ? AND fingerprint = ? AND dead > 0 AND first <= ?""";

    private static final String CLEAR = """
            UPDATE failure SET dead = 0 WHERE queue = ? AND dead > 0""";

    /** A task dies of such a failure. */
    void fall(int queue, String fingerprint) throws SQLException {
        sql.update(FALL, queue, fingerprint);
    }

    /**
     * A dead task leaves its state.
     *
     * @param died when; before its group fell out of those that are kept and came back, it is not counted in it
     */
    void rise(int queue, String fingerprint, long died) throws SQLException {
        sql.update(RISE, queue, fingerprint, died);
    }

    /** Nothing is dead in the queue any more: what a version that does not count these left behind is taken away. */
    void clear(int queue) throws SQLException {
        sql.update(CLEAR, queue);
    }

    /** Its fingerprint. */
    String count(int queue, String taskType, TaskError error, TaskId sample, long now) throws SQLException {
        String fingerprint = ErrorShape.fingerprint(taskType, error);
        long n = sql.first(
                COUNT,
                row -> row.getLong(1),
                queue,
                fingerprint,
                taskType,
                error.type(),
                error.message(),
                now,
                now,
                sample.value());
        if (n == 1) {
            sql.update(TRIM, queue, SeriesStore.ERROR_GROUPS);
        }
        return fingerprint;
    }
}
