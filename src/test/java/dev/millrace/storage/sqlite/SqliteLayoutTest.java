package dev.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts of the SQLite file alone. */
class SqliteLayoutTest {
    @RegisterExtension
    static final OpenSqlite SQLITE = new OpenSqlite();

    /** These look at queues or nodes, of which there are few, or at a store that is just opened. */
    private static final Set<String> FEW_ROWS = Set.of(
            "LiveQueues.COUNT",
            "Recount.QUEUES",
            "Removal.BEGUN",
            "SqliteQueueStore.NAMES",
            "SqliteNodeStore.LIST",
            "Pruning.PAGES");

    @Test
    void noStatementScansOrSorts() throws Exception {
        Map<String, String> statements = SqlStatements.all();
        List<String> slow = new ArrayList<>();
        try (Connection connection = connect();
                Statements sql = new Statements(connection)) {
            statements.forEach((name, text) -> {
                for (String step : plan(sql, text)) {
                    if (!FEW_ROWS.contains(name) && (step.startsWith("SCAN") || step.contains("TEMP B-TREE"))) {
                        slow.add(name + ": " + step);
                    }
                }
            });
        }

        assertThat(statements).hasSizeGreaterThan(50);
        assertThat(slow).isEmpty();
    }

    private static List<String> plan(Statements sql, String text) {
        try {
            return sql.all("EXPLAIN QUERY PLAN " + text, row -> row.getString("detail")).stream()
                    .filter(step -> !step.matches("SCAN \\(subquery.*|SCAN .* VIRTUAL TABLE.*|SCAN CONSTANT ROW"))
                    .toList();
        } catch (SQLException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void schemaAllowsTheChangesOfStateThatTheVocabularyAllows() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            for (TaskState from : TaskState.values()) {
                for (TaskState to : TaskState.values()) {
                    assertThat(accepts(connection, from.code(), to.code()))
                            .as("%s to %s", from, to)
                            .isEqualTo(from.canBecome(to));
                }
            }
            for (TaskState born : TaskState.values()) {
                boolean may = !born.terminal() && born != TaskState.RUNNING;
                assertThat(accepts(connection, null, born.code()))
                        .as("born %s", born)
                        .isEqualTo(may);
            }
            connection.rollback();
        }
    }

    private static boolean accepts(Connection connection, Integer was, int state) {
        boolean ready = state == TaskState.READY.code();
        String sql = "INSERT INTO cohort (batch, queue, state, was, at, size, lane, rank, arrival, deadline)"
                + " VALUES (1, 1, " + state + ", " + was + ", 0, 1, " + (ready ? "1, 1, 1, " : "NULL, NULL, NULL, ")
                + (state == TaskState.RUNNING.code() ? "1)" : "NULL)");
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql) == 1;
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("CHECK constraint failed: allowed");
            return false;
        }
    }

    @Test
    void schemaRefusesAReadyCohortOutsideItsLine() throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate(
                            "INSERT INTO cohort (batch, queue, state, at, size) VALUES (1, 1, 1, 0, 1)"))
                    .hasMessageContaining("CHECK constraint failed: line");
            assertThatThrownBy(() -> statement.executeUpdate(
                            "INSERT INTO cohort (batch, queue, state, was, at, size) VALUES (1, 1, 2, 1, 0, 1)"))
                    .hasMessageContaining("CHECK constraint failed: lease");
        }
    }

    @Test
    void fileIsItsOwnersAlone() throws Exception {
        Path file = SQLITE.file();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling("lock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void fileKeepsALogAndGivesPagesBack() throws SQLException {
        try (Connection connection = connect();
                Statements sql = new Statements(connection)) {
            assertThat(sql.<String>first("PRAGMA journal_mode", row -> row.getString(1)))
                    .isEqualTo("wal");
            assertThat(sql.<Integer>first("PRAGMA auto_vacuum", row -> row.getInt(1)))
                    .as("incremental")
                    .isEqualTo(2);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + SQLITE.file());
    }
}
