package dev.millrace.storage.sqlite;

import dev.millrace.task.BatchId;
import dev.millrace.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The directory of clients' names and dedupe keys, and the claims to unique keys. */
final class Names {
    /** Names are one space over all queues; dedupe keys one per queue. */
    private static final int NAME_SCOPE = -1;

    private final Statements sql;

    Names(Statements sql) {
        this.sql = sql;
    }

    /** A task that is or was known under a name or key. */
    record Known(BatchId batch, long task, long fingerprint) {
        int index() {
            return (int) (task % LiveBatch.STRIDE);
        }
    }

    /** Who holds a unique key; the claim may have run out. */
    record Claim(long task, Long until) {
        boolean holdsAt(long now) {
            return until == null || now < until;
        }
    }

    /** Null when the name is free. */
    Known byName(TaskId name) throws SQLException {
        return byName(sql, name);
    }

    private static final String KNOWN = """
            SELECT batch_id, task, fingerprint FROM alias WHERE scope = ? AND text = ?""";

    static Known byName(Statements sql, TaskId name) throws SQLException {
        return sql.first(KNOWN, Names::known, NAME_SCOPE, name.value());
    }

    /** Null when the key is free. */
    Known byKey(int queue, String key) throws SQLException {
        return sql.first(KNOWN, Names::known, queue, key);
    }

    void addName(LiveBatch batch, int index, TaskId name, long fingerprint) throws SQLException {
        add(NAME_SCOPE, name.value(), batch, index, fingerprint);
    }

    void addKey(LiveBatch batch, int index, String key, long fingerprint) throws SQLException {
        add(batch.queue, key, batch, index, fingerprint);
    }

    private static final String ADD = """
            INSERT INTO alias (scope, text, queue, task, batch_id, fingerprint) VALUES (?, ?, ?, ?, ?, ?)""";

    private void add(int scope, String text, LiveBatch batch, int index, long fingerprint) throws SQLException {
        sql.update(ADD, scope, text, batch.queue, batch.task(index), batch.id.bytes(), fingerprint);
    }

    private static final String NAME_OF = """
            SELECT text FROM alias WHERE task = ? AND scope = -1""";

    /** The public id of a task. */
    TaskId publicId(LiveBatch batch, int index) throws SQLException {
        boolean named = batch.records[index].has(TaskRecord.NAMED);
        return named ? nameOr(batch.task(index), batch.serverId(index)) : batch.serverId(index);
    }

    /** The same of a task that may be gone, and its batch with it. */
    TaskId publicId(Known known) throws SQLException {
        return nameOr(known.task(), known.batch().at(known.index()));
    }

    private TaskId nameOr(long task, TaskId serverId) throws SQLException {
        String name = sql.first(NAME_OF, row -> row.getString(1), task);
        return name == null ? serverId : new TaskId(name);
    }

    private static final String SET_ENDED = """
            UPDATE alias SET ended = ? WHERE task = ?""";

    /** From now on the dedupe window runs; null when the task lives again. */
    void setEnded(long task, Long at) throws SQLException {
        sql.update(SET_ENDED, at, task);
    }

    private static final String SET_GONE = """
            UPDATE alias SET gone = 1 WHERE task = ?""";

    /** While its task is there a name stays known, however long ago the end was. */
    void setGone(long task) throws SQLException {
        sql.update(SET_GONE, task);
    }

    private static final String FORGET = """
            DELETE FROM alias WHERE (scope, text) IN (
              SELECT scope, text FROM alias WHERE queue = ? AND ended <= ? AND gone = 1 ORDER BY ended LIMIT ?)
            """;

    /** Forgets what ended at or before a time and is gone; answers how many. */
    int forgetEnded(int queue, long until, int limit) throws SQLException {
        return sql.update(FORGET, queue, until, limit);
    }

    private static final String CLAIM = """
            SELECT task, until FROM claim WHERE queue = ? AND key = ?""";

    /** Null when the unique key is free. */
    Claim claim(int queue, String key) throws SQLException {
        return sql.first(CLAIM, row -> new Claim(row.getLong(1), Statements.number(row, 2)), queue, key);
    }

    private static final String PUT_CLAIM = """
            INSERT INTO claim (queue, key, task, until) VALUES (?, ?, ?, ?)
            ON CONFLICT (queue, key) DO UPDATE SET task = excluded.task, until = excluded.until""";

    void putClaim(int queue, String key, Claim claim) throws SQLException {
        sql.update(PUT_CLAIM, queue, key, claim.task(), claim.until());
    }

    private static final String DROP_CLAIM = """
            DELETE FROM claim WHERE task = ?""";

    void dropClaim(long task) throws SQLException {
        sql.update(DROP_CLAIM, task);
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(BatchId.ofBytes(row.getBytes(1)), row.getLong(2), row.getLong(3));
    }
}
