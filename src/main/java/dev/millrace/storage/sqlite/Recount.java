package dev.millrace.storage.sqlite;

import dev.millrace.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Counts the bytes of cancelled and of expired tasks again where a program that does not know these counters was here
 * since. It is done while the file is opened, when nobody waits for the writer, and only then: a file has one process.
 */
final class Recount {
    private static final Logger LOG = Logger.getLogger(Recount.class);

    private static final String QUEUES = """
            SELECT number, ended_bytes, last_used, minute, succeeded, cancelled, expired, counted FROM queue""";

    private static final String COHORTS = """
            SELECT id, batch FROM cohort WHERE queue = ? AND state = ?""";

    private static final String UPDATE = """
            UPDATE queue SET cancelled_bytes = ?, expired_bytes = ?, counted = ? WHERE number = ?""";

    private Recount() {}

    /**
     * What every end and every removal of a task changes: a program that does not know it leaves it as it was.
     *
     * @param counts of tasks, by the code of the state
     * @param ended bytes of succeeded, cancelled and expired tasks
     * @param minute what was counted of the latest minute; null for nothing
     */
    static long mark(long[] counts, long ended, long lastUsed, byte[] minute) {
        long succeeded = counts[TaskState.SUCCEEDED.code()];
        long cancelled = counts[TaskState.CANCELLED.code()];
        long expired = counts[TaskState.EXPIRED.code()];
        return mix(new long[] {ended, lastUsed, Arrays.hashCode(minute), succeeded, cancelled, expired});
    }

    private static long mix(long[] values) {
        long mark = 0;
        for (long value : values) {
            mark = (mark ^ value) * 0x9E3779B97F4A7C15L;
            mark ^= mark >>> 32;
        }
        return mark;
    }

    private record Found(int queue, long ended, long mark, Long counted) {
        static Found read(ResultSet row) throws SQLException {
            long[] values = {
                row.getLong(2),
                row.getLong(3),
                Arrays.hashCode(row.getBytes(4)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)
            };
            return new Found(row.getInt(1), values[0], mix(values), Statements.number(row, 8));
        }

        /** Of a queue without such tasks there is nothing to count. */
        boolean isWrong() {
            return counted == null ? ended > 0 : counted != mark;
        }
    }

    static void run(Connections connections) throws SQLException {
        try (Statements sql = new Statements(connections.apart())) {
            run(sql);
        } catch (SQLException e) {
            // A full disk keeps nobody from opening the file: the counters then are as good as they are.
            if (!SqliteErrors.full(e)) {
                throw e;
            }
        }
    }

    /** Queue by queue. */
    private static void run(Statements sql) throws SQLException {
        List<Found> wrong =
                sql.all(QUEUES, Found::read).stream().filter(Found::isWrong).toList();
        for (Found found : wrong) {
            try {
                count(sql, found);
            } catch (RuntimeException e) {
                LOG.debugf(e, "Queue %d has a batch that cannot be read: whoever uses it is told", found.queue);
            }
        }
    }

    private static void count(Statements sql, Found found) throws SQLException {
        long cancelled = Math.min(found.ended, bytes(sql, found.queue, TaskState.CANCELLED));
        long expired = Math.min(found.ended - cancelled, bytes(sql, found.queue, TaskState.EXPIRED));
        sql.update(UPDATE, cancelled, expired, found.mark, found.queue);
    }

    private static long bytes(Statements sql, int queue, TaskState state) throws SQLException {
        long[] bytes = {0};
        sql.each(
                COHORTS,
                row -> {
                    long cohort = row.getLong(1);
                    LiveBatch batch = sql.first(LiveBatch.BY_SEQ, LiveBatch::read, row.getLong(2));
                    for (int index : batch.members(cohort)) {
                        bytes[0] += batch.records[index].size;
                    }
                    return true;
                },
                queue,
                state.code());
        return bytes[0];
    }
}
