package dev.millrace.storage.sqlite;

import dev.millrace.storage.sqlite.Finding.Found;
import dev.millrace.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;

/** Counts those that stand before a ready task in its lane. */
final class Ahead {
    private final Statements sql;
    private final Finding finding;

    Ahead(Statements sql, Finding finding) {
        this.sql = sql;
        this.finding = finding;
    }

    private static final String OWN = """
            SELECT lane, rank, arrival FROM cohort WHERE id = ? AND state = 1""";

    private static final String BEFORE = """
            SELECT id, batch, rank, arrival FROM cohort
             WHERE lane = ? AND state = 1 AND (rank, arrival) <= (?, ?) ORDER BY rank, arrival""";

    /** A place in the lane. */
    private record Place(long lane, long rank, long arrival) {
        static Place read(ResultSet row) throws SQLException {
            return new Place(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    OptionalInt of(Found found, int limit) throws SQLException {
        Place own = found.record().is(TaskState.READY) ? sql.first(OWN, Place::read, found.record().cohort) : null;
        if (own == null) {
            return OptionalInt.empty();
        }
        int[] counted = {0};
        sql.each(
                BEFORE,
                row -> {
                    boolean level = row.getLong(3) == own.rank && row.getLong(4) == own.arrival;
                    counted[0] += members(row.getLong(1), row.getLong(2), level ? found.index() : Integer.MAX_VALUE);
                    return counted[0] < limit;
                },
                own.lane,
                own.rank,
                own.arrival);
        return OptionalInt.of(Math.min(limit, counted[0]));
    }

    /** Those of one place in the line go by their indexes. */
    private int members(long cohort, long batch, int before) throws SQLException {
        return (int) finding.ofSeq(batch).members(cohort).stream()
                .filter(index -> index < before)
                .count();
    }
}
