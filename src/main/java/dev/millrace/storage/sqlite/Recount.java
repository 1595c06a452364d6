package dev.millrace.storage.sqlite;

import dev.millrace.task.TaskState;
import java.sql.SQLException;

/** Counts the bytes of a queue's ended tasks of one state by looking at them: for counters that were not kept. */
final class Recount {
    private static final String COHORTS = """
            SELECT id, batch FROM cohort WHERE queue = ? AND state = ?""";

    private Recount() {}

    static long bytes(Statements sql, int queue, TaskState state) throws SQLException {
        long bytes = 0;
        for (long[] cohort :
                sql.all(COHORTS, row -> new long[] {row.getLong(1), row.getLong(2)}, queue, state.code())) {
            LiveBatch batch = sql.first(LiveBatch.BY_SEQ, LiveBatch::read, cohort[1]);
            for (int index : batch.members(cohort[0])) {
                bytes += batch.records[index].size;
            }
        }
        return bytes;
    }
}
