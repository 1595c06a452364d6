package dev.millrace.storage.sqlite;

import dev.millrace.monitor.StoreCheck.Finding;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.sqlite.SQLiteErrorCode;

/** Whether SQLite has found the file damaged. That does not mend: once found, nothing new is trusted to the file. */
final class Damage {
    private static final Logger LOG = Logger.getLogger("millrace.store");
    private static final Set<Integer> DAMAGED =
            Set.of(SQLiteErrorCode.SQLITE_CORRUPT.code, SQLiteErrorCode.SQLITE_NOTADB.code);

    private final Path file;
    private volatile String found;

    Damage(Path file) {
        this.file = file;
    }

    /** Looks whether this is what an error means; says so the first time. */
    void look(Throwable error) {
        if (error instanceof SQLException failed && DAMAGED.contains(SqliteErrors.primary(failed))) {
            note(String.valueOf(failed.getMessage()));
        }
    }

    /** In SQLite's words. */
    synchronized void note(String words) {
        if (found == null) {
            found = words.lines().findFirst().orElse("no reason given");
            LOG.errorf("sqlite-damaged: %s", sentence());
        }
    }

    /**
     * @throws MillraceException {@code STORE_UNAVAILABLE} with what to do, when damage was found
     */
    void check() {
        if (found != null) {
            throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence(), Map.of(), null);
        }
    }

    Optional<Finding> finding() {
        return found == null ? Optional.empty() : Optional.of(new Finding(true, "sqlite-damaged", sentence()));
    }

    private String sentence() {
        return "The database " + file + " is damaged (" + found
                + "), and takes no tasks. Stop Millrace, keep a copy of the"
                + " file, and restore a backup; docs/operations.md (When something goes wrong) says how to save what can be read"
                + " without one.";
    }
}
