package dev.millrace.storage.sqlite;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.NoteLevelsContract;
import dev.millrace.monitor.contract.ErrorGroupContract;
import dev.millrace.monitor.contract.SeriesContract;
import dev.millrace.queue.Change;
import dev.millrace.storage.Storage;
import dev.millrace.task.TaskId;
import dev.millrace.testing.Scene;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteSeriesStoreTest implements SeriesContract, ErrorGroupContract, NoteLevelsContract {
    @RegisterExtension
    static final OpenSqlite SQLITE = new OpenSqlite();

    private final Scene scene = new Scene();

    @Override
    public Storage storage() {
        return SQLITE.storage();
    }

    @Override
    public Scene scene() {
        return scene;
    }

    /** As a version left it that does not count these. */
    @Test
    void countsThatAreTooHighEndWithTheLastOfTheDead() throws SQLException {
        List<TaskId> dead = List.of(accepted(aTask()), accepted(aTask()));
        lease(2).forEach(this::bury);
        for (TaskId one : dead) {
            try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + SQLITE.file());
                    var statement = sql.createStatement()) {
                statement.executeUpdate(
                        "UPDATE failure SET dead = 7 WHERE queue = (SELECT number FROM queue WHERE name = '" + queue()
                                + "')");
            }
            Change leave = one == dead.getFirst() ? new Change.Retry(one, null, null) : new Change.Delete(one, null);
            tasks().change(List.of(leave), now());
        }

        assertThat(storage().series().deadGroups(List.of(queue()), 10)).isEmpty();
        bury(leaseOne());
        assertThat(storage().series().deadGroups(List.of(queue()), 10))
                .extracting(DeadGroup::dead)
                .containsExactly(1L);
    }

    @Override
    public void checkLayout(Set<String> queues) {
        SQLITE.checkLayout(queues);
    }
}
