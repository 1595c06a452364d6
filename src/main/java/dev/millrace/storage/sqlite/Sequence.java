package dev.millrace.storage.sqlite;

import java.sql.SQLException;

/**
 * Numbers for batches and cohorts, never given twice, also not after a removal and a restart. They are set aside in
 * blocks, so that a number costs no statement.
 */
final class Sequence {
    private static final long BLOCK = 10_000;
    private static final String RESERVE = """
            INSERT INTO meta (key, value) VALUES ('sequence', ?)
            ON CONFLICT (key) DO UPDATE SET value = value + excluded.value RETURNING value""";

    private final Statements sql;
    private long last;
    private long reserved;

    Sequence(Statements sql) {
        this.sql = sql;
    }

    long next() throws SQLException {
        if (last == reserved) {
            reserved = sql.first(RESERVE, row -> row.getLong(1), BLOCK);
            last = reserved - BLOCK;
        }
        return ++last;
    }

    /** After a rollback, which may have taken the reservation with it. */
    void forget() {
        last = 0;
        reserved = 0;
    }
}
