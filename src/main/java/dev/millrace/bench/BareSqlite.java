package dev.millrace.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;

/** One table with one index, WAL and {@code synchronous=FULL}: insert, claim, mark as done, a transaction for each batch. */
final class BareSqlite implements Bare {
    private static final String INSERT = "INSERT INTO t(state, run_at, pri, payload) VALUES (0, 0, 0, ?)";
    private static final String CLAIM = """
            UPDATE t SET state = 1
             WHERE id IN (SELECT id FROM t WHERE state = 0 ORDER BY pri, run_at, id LIMIT ?)
            RETURNING id, payload
            """;
    private static final String FINISH = "UPDATE t SET state = 2 WHERE id = ?";

    private final Path file;

    /**
     * @param file that does not exist yet
     */
    BareSqlite(Path file) {
        this.file = file;
    }

    @Override
    public Rates run(int tasks, int payloadBytes) {
        try (Connection db = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
                Statement plain = db.createStatement()) {
            plain.execute("PRAGMA journal_mode = WAL");
            plain.execute("PRAGMA synchronous = FULL");
            plain.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, state INT, run_at INT, pri INT, payload TEXT)");
            plain.execute("CREATE INDEX i ON t(pri, run_at, id) WHERE state = 0");
            long start = System.nanoTime();
            enqueue(db, plain, tasks, "x".repeat(payloadBytes));
            long enqueued = System.nanoTime();
            process(db, plain, tasks);
            return new Rates(tasks, enqueued - start, System.nanoTime() - enqueued);
        } catch (SQLException e) {
            throw new IllegalStateException("The bare loop of SQLite failed: " + e.getMessage(), e);
        }
    }

    private static void enqueue(Connection db, Statement plain, int tasks, String payload) throws SQLException {
        try (PreparedStatement insert = db.prepareStatement(INSERT)) {
            for (int done = 0; done < tasks; done += BATCH) {
                plain.execute("BEGIN IMMEDIATE");
                for (int i = 0; i < Math.min(BATCH, tasks - done); i++) {
                    insert.setString(1, payload);
                    insert.executeUpdate();
                }
                plain.execute("COMMIT");
            }
        }
    }

    private static void process(Connection db, Statement plain, int tasks) throws SQLException {
        long[] ids = new long[BATCH];
        try (PreparedStatement claim = db.prepareStatement(CLAIM);
                PreparedStatement finish = db.prepareStatement(FINISH)) {
            int claimed;
            for (int done = 0; done < tasks; done += claimed) {
                plain.execute("BEGIN IMMEDIATE");
                claimed = claim(claim, ids);
                plain.execute("COMMIT");
                plain.execute("BEGIN IMMEDIATE");
                for (int i = 0; i < claimed; i++) {
                    finish.setLong(1, ids[i]);
                    finish.executeUpdate();
                }
                plain.execute("COMMIT");
            }
        }
    }

    private static int claim(PreparedStatement claim, long[] ids) throws SQLException {
        claim.setInt(1, BATCH);
        int claimed = 0;
        try (ResultSet rows = claim.executeQuery()) {
            while (rows.next()) {
                ids[claimed++] = rows.getLong(1);
            }
        }
        return claimed;
    }
}
