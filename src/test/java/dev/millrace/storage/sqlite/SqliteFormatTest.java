package dev.millrace.storage.sqlite;

import static dev.millrace.storage.sqlite.SqliteOpenTest.connect;
import static dev.millrace.storage.sqlite.SqliteOpenTest.open;
import static dev.millrace.storage.sqlite.SqliteOpenTest.request;
import static dev.millrace.storage.sqlite.SqliteOpenTest.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Change;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskState;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of older formats and of newer ones. */
class SqliteFormatTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path directory;

    @Test
    void newerFormatIsRefusedWithASentence() throws SQLException {
        open(directory).close();
        stamp(99, 99);

        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("newer Millrace");
        assertThatThrownBy(() -> open(directory)).hasMessageContaining("format 99");
    }

    @Test
    void newerFormatThatThisOneCanReadIsWorkedWithAndLeftAsItIs() throws SQLException {
        open(directory).close();
        stamp(99, 1);
        try (Storage storage = open(directory)) {
            submit(storage, "q", 1);
        }
        try (Connection connection = connect(directory);
                Statements sql = new Statements(connection)) {
            Integer format = sql.first("SELECT value FROM meta WHERE key = 'format'", row -> row.getInt(1));
            assertThat(format).isEqualTo(99);
        }
    }

    private void stamp(int format, int reader) throws SQLException {
        try (Connection connection = connect(directory);
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE meta SET value = " + format + " WHERE key = 'format'");
            statement.executeUpdate("UPDATE meta SET value = " + reader + " WHERE key = 'reader'");
        }
    }

    @Test
    void fileOfTheFirstFormatIsBroughtToThePresentOneWithAllThatIsInIt() throws Exception {
        BatchId id = oneRunningAndOneOfEachEnd();
        copyIntoTheFirstFormat();
        assertThat(tables()).contains("queue", "cohort").doesNotContain("destination", "level");

        try (Storage storage = open(directory)) {
            var snapshot = storage.queues().find("q", NOW).orElseThrow();
            assertThat(snapshot.paused()).isTrue();
            assertThat(List.of(TaskState.READY, TaskState.RUNNING, TaskState.SUCCEEDED, TaskState.CANCELLED))
                    .extracting(snapshot::count)
                    .containsExactly(1L, 1L, 1L, 1L);
            assertThat(storage.tasks().find(List.of(id.at(0), id.at(1), id.at(2), id.at(3)), false))
                    .hasSize(4);
            assertThat(storage.series().minutes("q", NOW.minusSeconds(60), NOW.plusSeconds(60)))
                    .singleElement()
                    .satisfies(minute -> assertThat(minute.submitted()).isEqualTo(4));
            storage.queues().pause("q", false);
            assertThat(storage.tasks().lease(request("q"), NOW))
                    .extracting(lease -> lease.token().task())
                    .containsExactly(id.at(2));
            submit(storage, "q", 1);
            assertBytesByState(storage, id);
        }
        SqliteLayout.check(directory.resolve(SqliteStorage.FILE), Set.of("q"));
        assertThat(tables()).contains("destination", "level");
    }

    private BatchId oneRunningAndOneOfEachEnd() {
        try (Storage storage = open(directory)) {
            BatchId id = submit(storage, "q", 4);
            var lease = storage.tasks().lease(request("q"), NOW).getFirst();
            storage.tasks().settle(List.of(new Settlement(lease.token(), new Verdict.Succeed(null))), NOW);
            storage.tasks().lease(request("q"), NOW);
            storage.tasks().change(List.of(new Change.Cancel(id.at(3), null)), NOW);
            storage.queues().pause("q", true);
            return id;
        }
    }

    @Test
    void bytesByStateAreCountedAgainAfterAProgramThatDidNotCountThem() throws Exception {
        BatchId id = oneSucceededAndOneCancelled();
        asAFormerProgramLeavesIt("cancelled_bytes = 0, cancelled = cancelled + 1");
        try (Storage storage = open(directory)) {
            assertBytesByState(storage, id);
        }
    }

    /** At the bound of a state's count as many tasks go as come, and of one size: then only the minute says so. */
    @Test
    void bytesByStateAreCountedAgainAlsoWhereCountsAndBytesAreAsTheyWere() throws Exception {
        BatchId id = oneSucceededAndOneCancelled();
        asAFormerProgramLeavesIt("cancelled_bytes = 1, minute = NULL");
        try (Storage storage = open(directory)) {
            assertBytesByState(storage, id);
        }
    }

    @Test
    void bytesOfAStateThatAreTooFewDoNotKeepItsTasksFromBeingRemoved() throws Exception {
        BatchId id = oneSucceededAndOneCancelled();
        asAFormerProgramLeavesIt("cancelled_bytes = 1");
        try (Storage storage = open(directory)) {
            storage.tasks().change(List.of(new Change.Delete(id.at(3), null)), NOW);
            assertThat(storage.queues().find("q", NOW).orElseThrow().count(TaskState.CANCELLED))
                    .isZero();
        }
    }

    private BatchId oneSucceededAndOneCancelled() {
        try (Storage storage = open(directory)) {
            BatchId id = submit(storage, "q", 4);
            var lease = storage.tasks().lease(request("q"), NOW).getFirst();
            storage.tasks().settle(List.of(new Settlement(lease.token(), new Verdict.Succeed(null))), NOW);
            storage.tasks().change(List.of(new Change.Cancel(id.at(3), null)), NOW);
            return id;
        }
    }

    private void asAFormerProgramLeavesIt(String columns) throws SQLException {
        try (Connection connection = connect(directory);
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE queue SET " + columns);
        }
    }

    private static void assertBytesByState(Storage storage, BatchId id) {
        long size = storage.tasks()
                .find(List.of(id.at(3)), false)
                .get(id.at(3))
                .spec()
                .size();
        assertThat(storage.queues().find("q", NOW).orElseThrow().endedBytes())
                .isEqualTo(Map.of(
                        TaskState.SUCCEEDED,
                        size,
                        TaskState.DEAD,
                        0L,
                        TaskState.CANCELLED,
                        size,
                        TaskState.EXPIRED,
                        0L));
    }

    /** A file as the first version would have made it, with the rows of the one that is there. */
    private void copyIntoTheFirstFormat() throws Exception {
        Path present = Files.move(directory.resolve(SqliteStorage.FILE), directory.resolve("present.db"));
        try (InputStream script = Migrations.class.getResourceAsStream("/db/sqlite/V001__tasks.sql");
                Connection connection = connect(directory);
                var statement = connection.createStatement()) {
            for (String sql : new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\\n")) {
                statement.execute(sql);
            }
            statement.execute("ATTACH '" + present + "' AS present");
            for (String table : tables()) {
                String columns;
                try (var row = statement.executeQuery(
                        "SELECT group_concat(name) FROM pragma_table_info('" + table + "', 'main')")) {
                    columns = row.getString(1);
                }
                statement.execute("INSERT INTO main." + table + " (" + columns + ") SELECT " + columns
                        + " FROM present." + table);
            }
            statement.execute("UPDATE main.meta SET value = 1 WHERE key = 'format'");
            statement.execute("DELETE FROM main.meta WHERE key = 'reader'");
        }
        Files.delete(present);
    }

    private List<String> tables() throws SQLException {
        try (Connection connection = connect(directory);
                Statements sql = new Statements(connection)) {
            return sql.all("SELECT name FROM sqlite_schema WHERE type = 'table'", row -> row.getString(1));
        }
    }
}
