package dev.millrace.storage.sqlite;

import java.sql.SQLException;
import java.util.List;

/**
 * Removes a queue with all its tasks. It loses its name first, in one step, and with it its tasks do not exist any
 * more; what they leave is taken away in slices.
 */
final class Removal {
    private static final int SLICE = 200;

    private Removal() {}

    private static final String CANCELLED = """
            SELECT id, batch FROM cohort WHERE queue = ? AND state = 2""";

    /** Also tells the handlers of its running tasks. */
    static void begin(Transaction tx, LiveQueue queue) throws SQLException {
        tx.sql.each(
                CANCELLED,
                row -> {
                    LiveBatch batch = tx.batches.ofSeq(row.getLong(2));
                    for (int index : batch.members(row.getLong(1))) {
                        tx.announcements.cancelled(batch.serverId(index));
                    }
                    return true;
                },
                queue.number);
        queue.name = null;
        tx.queues.writeSettings(queue);
        tx.queues.forget(queue);
    }

    private static final String BATCHES = """
            SELECT seq FROM batch WHERE queue = ? LIMIT ?""";

    private static final List<String> OF_BATCH =
            List.of("DELETE FROM spec WHERE batch = ?", "DELETE FROM batch WHERE seq = ?");

    private static final List<String> OF_TASKS = List.of(
            "DELETE FROM event WHERE task BETWEEN ? AND ?",
            "DELETE FROM line WHERE task BETWEEN ? AND ?",
            "DELETE FROM alias WHERE task BETWEEN ? AND ?",
            "DELETE FROM claim WHERE task BETWEEN ? AND ?");

    private static final String COHORTS = """
            DELETE FROM cohort WHERE id IN (SELECT id FROM cohort WHERE queue = ? LIMIT ?)""";

    private static final List<String> OF_QUEUE = List.of(
            "DELETE FROM alias WHERE scope = ?",
            "DELETE FROM lane WHERE queue = ?",
            "DELETE FROM minute WHERE queue = ?",
            "DELETE FROM level WHERE queue = ?",
            "DELETE FROM failure WHERE queue = ?",
            "DELETE FROM queue WHERE number = ?");

    /** Takes some away; false when nothing is left. */
    static boolean slice(Transaction tx, int queue) throws SQLException {
        List<Long> batches = tx.sql.all(BATCHES, row -> row.getLong(1), queue, SLICE);
        for (long seq : batches) {
            LiveBatch batch = tx.batches.ofSeq(seq);
            tx.batches.forget(batch);
            for (String sql : OF_BATCH) {
                tx.sql.update(sql, seq);
            }
            long first = seq * LiveBatch.STRIDE;
            for (String sql : OF_TASKS) {
                tx.sql.update(sql, first, first + LiveBatch.STRIDE - 1);
            }
            Extras.deleteOf(tx.sql, seq);
        }
        int cohorts = tx.sql.update(COHORTS, queue, SLICE);
        if (!batches.isEmpty() || cohorts > 0) {
            return true;
        }
        for (String sql : OF_QUEUE) {
            tx.sql.update(sql, queue);
        }
        return false;
    }

    private static final String BEGUN = """
            SELECT number FROM queue WHERE name IS NULL""";

    /** Queues whose removal was begun and not ended. */
    static List<Integer> begun(Statements sql) throws SQLException {
        return sql.all(BEGUN, row -> row.getInt(1));
    }
}
