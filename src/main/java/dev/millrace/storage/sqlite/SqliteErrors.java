package dev.millrace.storage.sqlite;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors mean to those who asked. */
final class SqliteErrors {
    private static final int PRIMARY = 0xFF;
    private static final Set<Integer> FULL = Set.of(SQLiteErrorCode.SQLITE_FULL.code);
    private static final Set<Integer> FILE = Set.of(
            SQLiteErrorCode.SQLITE_IOERR.code,
            SQLiteErrorCode.SQLITE_CORRUPT.code,
            SQLiteErrorCode.SQLITE_NOTADB.code,
            SQLiteErrorCode.SQLITE_CANTOPEN.code,
            SQLiteErrorCode.SQLITE_READONLY.code);

    private SqliteErrors() {}

    /** The disk, not the work, is at fault; a COMMIT that failed so may or may not have happened. */
    static boolean ofTheFile(Throwable e) {
        return e instanceof SQLException failed && FILE.contains(primary(failed));
    }

    static boolean full(Throwable e) {
        return e instanceof SQLException failed && FULL.contains(primary(failed));
    }

    /** Without what SQLite adds to say more about it. */
    static int primary(SQLException e) {
        return e.getErrorCode() & PRIMARY;
    }

    static Throwable explain(Throwable e) {
        if (full(e)) {
            return new MillraceException(ErrorCode.STORE_FULL, "The disk of the data directory is full.", Map.of(), e);
        }
        if (e instanceof SQLException) {
            return new MillraceException(
                    ErrorCode.STORE_UNAVAILABLE, "The database cannot be used: " + e.getMessage(), Map.of(), e);
        }
        return e;
    }

    /** For everything but submissions, which alone may be told that the store is full. */
    static MillraceException notFull(MillraceException e) {
        return e.code() != ErrorCode.STORE_FULL
                ? e
                : new MillraceException(ErrorCode.STORE_UNAVAILABLE, e.getMessage(), Map.of(), e);
    }
}
