package dev.millrace.storage.sqlite;

import dev.millrace.monitor.StoreCheck.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A number that is raised with each start and each backup, in the database and beside it, in the directory's lock: where
 * the database holds a smaller one, somebody put an older file in its place.
 */
final class FileMark {
    private static final String READ = """
            SELECT value FROM meta WHERE key = 'mark'""";

    private static final String WRITE = """
            INSERT INTO meta (key, value) VALUES ('mark', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value""";

    private final DirectoryLock directory;
    private volatile boolean setBack;

    FileMark(DirectoryLock directory) {
        this.directory = directory;
    }

    /** At the start: looks whether the file is the one that was used last, raises the mark, and closes the connection. */
    void begin(Connection connection) throws SQLException {
        try (Statements sql = new Statements(connection)) {
            Long found = sql.first(READ, row -> row.getLong(1));
            long present = found == null ? 0 : found;
            setBack = present < directory.noted();
            long next = Math.max(present, directory.noted()) + 1;
            if (raised(sql, next)) {
                directory.note(next);
            }
        }
    }

    /** A full disk does not keep the store from opening: the mark is raised another time. */
    private static boolean raised(Statements sql, long next) throws SQLException {
        try {
            sql.update(WRITE, next);
            return true;
        } catch (SQLException e) {
            if (SqliteErrors.full(e)) {
                return false;
            }
            throw e;
        }
    }

    /** After a copy was made, so that it can be told from what came later. */
    void raise(Writer writer) {
        long next = directory.noted() + 1;
        writer.call(tx -> tx.sql.update(WRITE, next));
        directory.note(next);
    }

    /** Whether the file was older at the start than when it was last used. */
    boolean setBack() {
        return setBack;
    }

    Optional<Finding> finding() {
        return setBack
                ? Optional.of(new Finding(
                        false,
                        "store-rollback",
                        "The database is older than the one last used in this directory: a backup was restored, or the file"
                                + " was replaced. What came after it is lost: tasks of that time are gone, or run again. If you did not restore a"
                                + " backup, find out who replaced the file; have lost tasks submitted again. This is said"
                                + " until the next start."))
                : Optional.empty();
    }
}
