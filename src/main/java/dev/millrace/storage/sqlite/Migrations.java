package dev.millrace.storage.sqlite;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings a database to the present format, one numbered script after the other; scripts are never edited once out. */
final class Migrations {
    private static final List<String> SCRIPTS = List.of(
            "V001__tasks.sql",
            "V002__destinations.sql",
            "V003__levels.sql",
            "V004__node_orders.sql",
            "V005__bytes_by_state.sql",
            "V006__dead_groups.sql",
            "V007__rates.sql");

    /**
     * The oldest format whose programs can work with what these scripts make: a new table does not concern them. So one can
     * go back to the version before.
     */
    private static final int READER = 1;

    private Migrations() {}

    static int format() {
        return SCRIPTS.size();
    }

    static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int found = value(statement, "format", 0);
            int reader = value(statement, "reader", found);
            if (found > format() && reader > format()) {
                throw new MillraceException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "This data directory has format " + found
                                + ", written by a newer Millrace, which programs of format "
                                + reader + " and later can read; this one has format " + format()
                                + ". Start the newer version, or name another directory.");
            }
            for (int next = found + 1; next <= format(); next++) {
                apply(statement, next);
            }
        }
    }

    private static int value(Statement statement, String key, int otherwise) throws SQLException {
        try (ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'meta'")) {
            if (!table.next()) {
                return otherwise;
            }
        }
        try (ResultSet row = statement.executeQuery("SELECT value FROM meta WHERE key = '" + key + "'")) {
            return row.next() ? row.getInt(1) : otherwise;
        }
    }

    private static void apply(Statement statement, int number) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        try {
            for (String sql : split(read(SCRIPTS.get(number - 1)))) {
                statement.execute(sql);
            }
            statement.execute("INSERT INTO meta (key, value) VALUES ('format', " + number + "), ('reader', " + READER
                    + ") ON CONFLICT (key) DO UPDATE SET value = excluded.value");
            statement.execute("COMMIT");
        } catch (SQLException e) {
            statement.execute("ROLLBACK");
            throw e;
        }
    }

    /** Scripts hold no semicolon but the one that ends a statement, which ends its line. */
    private static List<String> split(String script) {
        return List.of(script.split(";\\s*\\n"));
    }

    private static String read(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream("/db/sqlite/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
