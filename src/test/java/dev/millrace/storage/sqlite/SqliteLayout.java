package dev.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.TaskState;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what the tables say twice: records with cohorts, counters, lanes, names, claims and extras. */
final class SqliteLayout {
    private final Statements sql;
    private final Map<Long, LiveBatch> batches = new HashMap<>();

    private SqliteLayout(Statements sql) {
        this.sql = sql;
    }

    static void check(Path file, Set<String> queues) {
        try (Statements sql = new Statements(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            SqliteLayout layout = new SqliteLayout(sql);
            for (String queue : queues) {
                Integer number = sql.first("SELECT number FROM queue WHERE name = ?", row -> row.getInt(1), queue);
                if (number != null) {
                    layout.checkQueue(number);
                }
            }
            layout.checkOrphans();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void checkQueue(int queue) throws SQLException {
        batches.clear();
        sql.all("SELECT seq, id, queue, gone, records FROM batch WHERE queue = ?", LiveBatch::read, queue)
                .forEach(batch -> batches.put(batch.seq, batch));
        checkCohorts(queue);
        checkLanes(queue);
        for (LiveBatch batch : batches.values()) {
            assertThat(batch.empty()).as("a batch is gone when its tasks are").isEqualTo(batch.gone != null);
            checkSpec(batch);
            for (int i = 0; i < batch.records.length; i++) {
                checkBelongings(batch, i);
            }
        }
    }

    private void checkSpec(LiveBatch batch) throws SQLException {
        Integer specs = sql.first("SELECT count(*) FROM spec WHERE batch = ?", row -> row.getInt(1), batch.seq);
        assertThat(specs).as("specs of a batch").isEqualTo(batch.empty() ? 0 : 1);
    }

    private void checkCohorts(int queue) throws SQLException {
        Set<Long> named = new HashSet<>();
        for (LiveBatch batch : batches.values()) {
            for (TaskRecord record : batch.records) {
                if (record.exists()) {
                    named.add(record.cohort);
                }
            }
        }
        Set<Long> stored = new HashSet<>();
        sql.each(
                "SELECT id, batch, state, at, size, lane, rank, deadline, expires, until FROM cohort WHERE queue = ?",
                row -> {
                    stored.add(row.getLong(1));
                    checkCohort(row);
                    return true;
                },
                queue);
        assertThat(stored).as("cohorts that somebody is in").isEqualTo(named);
    }

    private void checkCohort(ResultSet row) throws SQLException {
        LiveBatch batch = batches.get(row.getLong(2));
        List<Integer> members = batch.members(row.getLong(1));
        assertThat(members).isNotEmpty();
        if (row.getInt(3) == TaskState.SCHEDULED.code()) {
            assertThat(members).as("size of a scheduled cohort").hasSize(row.getInt(5));
        }
        for (int member : members) {
            checkMember(row, batch.records[member]);
        }
    }

    private static void checkMember(ResultSet row, TaskRecord r) throws SQLException {
        assertThat(r.state).as("state").isEqualTo(row.getInt(3));
        long at = switch (r.state()) {
            case SCHEDULED -> r.runAt;
            case READY -> r.readyAt;
            case RUNNING -> r.startedAt;
            case BLOCKED -> r.createdAt;
            default -> r.finishedAt;
        };
        assertThat(row.getLong(4)).as("at").isEqualTo(at);
        if (r.is(TaskState.READY)) {
            assertThat(row.getLong(6)).as("lane").isEqualTo(r.lane);
            assertThat(row.getLong(7)).as("rank").isEqualTo(r.rank());
        }
        if (r.is(TaskState.RUNNING)) {
            assertThat(row.getLong(8)).as("deadline").isEqualTo(r.deadline);
        }
        if (r.is(TaskState.READY) || r.is(TaskState.SCHEDULED)) {
            Long expires = r.expiresAt == TaskRecord.NONE ? null : r.expiresAt;
            assertThat(Statements.number(row, 9)).as("expires").isEqualTo(expires);
        }
    }

    private void checkLanes(int queue) throws SQLException {
        Map<Long, long[]> counted = new HashMap<>();
        for (LiveBatch batch : batches.values()) {
            for (TaskRecord r : batch.records) {
                if (r.exists() && !r.state().terminal()) {
                    long[] lane = counted.computeIfAbsent(r.lane, l -> new long[2]);
                    lane[0] += r.is(TaskState.RUNNING) ? 0 : 1;
                    lane[1]++;
                }
            }
        }
        LiveQueue stored = new LiveQueues(sql).of(queue);
        for (LiveQueue.Lane lane : stored.lanes.values()) {
            long[] expected = counted.getOrDefault(lane.number, new long[2]);
            assertThat(new long[] {lane.waiting, lane.live}).as("lane").isEqualTo(expected);
            counted.remove(lane.number);
        }
        assertThat(counted).as("tasks in lanes that are not there").isEmpty();
    }

    private void checkBelongings(LiveBatch batch, int index) throws SQLException {
        TaskRecord r = batch.records[index];
        long task = batch.task(index);
        if (r.state == TaskRecord.REFUSED) {
            return;
        }
        boolean claims = sql.first("SELECT count(*) > 0 FROM claim WHERE task = ?", row -> row.getBoolean(1), task);
        assertThat(claims && (!r.exists() || r.state().terminal()))
                .as("an ended task holds a unique key")
                .isFalse();
        boolean ended = !r.exists() || r.state().terminal();
        sql.each(
                "SELECT ended FROM alias WHERE task = ?",
                row -> {
                    assertThat(Statements.number(row, 1) != null)
                            .as("end of a name")
                            .isEqualTo(ended);
                    return true;
                },
                task);
        boolean extras = sql.first(
                "SELECT count(*) > 0 FROM extra WHERE key BETWEEN ? AND ?",
                row -> row.getBoolean(1),
                task * 8,
                task * 8 + 7);
        int flags = TaskRecord.HAS_RESULT | TaskRecord.HAS_ERROR | TaskRecord.HAS_PAYLOAD | TaskRecord.HAS_PROGRESS;
        assertThat(extras).as("extras").isEqualTo(r.exists() && r.has(flags));
    }

    private void checkOrphans() throws SQLException {
        for (String query : List.of(
                "SELECT count(*) FROM event WHERE task / 128 NOT IN (SELECT batch FROM spec)",
                "SELECT count(*) FROM line WHERE task / 128 NOT IN (SELECT batch FROM spec)",
                "SELECT count(*) FROM extra WHERE key / 1024 NOT IN (SELECT seq FROM batch)",
                "SELECT count(*) FROM spec WHERE batch NOT IN (SELECT seq FROM batch)",
                "SELECT count(*) FROM cohort WHERE batch NOT IN (SELECT seq FROM batch)",
                "SELECT count(*) FROM batch WHERE queue NOT IN (SELECT number FROM queue)")) {
            Integer orphans = sql.first(query, row -> row.getInt(1));
            assertThat(orphans).as(query).isZero();
        }
    }
}
