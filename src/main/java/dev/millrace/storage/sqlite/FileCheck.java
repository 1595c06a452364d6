package dev.millrace.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Has SQLite look through the whole file at the start: a small one before anything else happens, a larger one meanwhile, a
 * very large one not at all, as each backup reads everything too.
 */
final class FileCheck {
    private static final Logger LOG = Logger.getLogger(FileCheck.class);
    private static final long SMALL = 16L << 20;
    private static final long LARGE = 1L << 30;
    private static final String FINE = "ok";
    private static final String LOOK = """
            PRAGMA quick_check(1)""";

    private final Path file;
    private final Connections connections;

    FileCheck(Path file, Connections connections) {
        this.file = file;
        this.connections = connections;
    }

    /**
     * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} when the file is small, and damaged
     */
    void begin() throws SQLException, IOException {
        long bytes = Files.size(file);
        if (bytes <= SMALL) {
            look();
            connections.damage().check();
        } else if (bytes <= LARGE) {
            Thread.ofPlatform().daemon().name("sqlite-check").start(this::lookOrSay);
        }
    }

    private void lookOrSay() {
        try {
            look();
        } catch (SQLException e) {
            LOG.debug("The database could not be looked through", e);
        }
    }

    private void look() throws SQLException {
        try (Connection connection = connections.apart();
                Statements sql = new Statements(connection)) {
            String found = sql.first(LOOK, row -> row.getString(1));
            if (!FINE.equals(found)) {
                connections.damage().note(found);
            }
        } catch (SQLException e) {
            connections.damage().look(e);
            throw e;
        }
    }
}
