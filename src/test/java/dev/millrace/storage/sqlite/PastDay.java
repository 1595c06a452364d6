package dev.millrace.storage.sqlite;

import dev.millrace.monitor.Buckets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Gives a store a day that it did not have, for pictures. */
public final class PastDay {
    private static final long MINUTE = 60_000;

    private final Path file;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(11);

    /**
     * @param data the directory of an open store
     */
    public PastDay(Path data) {
        this.file = data.resolve(SqliteStorage.FILE);
    }

    /**
     * @param perMinute tasks in a busy minute
     * @param failing one in so many runs fails
     * @param runMillis how long runs take, about
     */
    public void of(String queue, String type, int perMinute, int failing, long runMillis, long now)
            throws SQLException {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            sql.createStatement().execute("PRAGMA busy_timeout = 5000");
            sql.setAutoCommit(false);
            try (PreparedStatement insert = sql.prepareStatement("INSERT OR REPLACE INTO minute (queue, at, counts)"
                    + " VALUES ((SELECT number FROM queue WHERE name = ?), ?, ?)")) {
                for (long at = now / MINUTE * MINUTE - 24 * 60 * MINUTE; at < now / MINUTE * MINUTE; at += MINUTE) {
                    insert.setString(1, queue);
                    insert.setLong(2, at);
                    insert.setBytes(
                            3,
                            minute(at, now, type, perMinute, failing, runMillis).encode());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            sql.commit();
        }
    }

    /** How old what waited was, in the same day. */
    public void levels(long now) throws SQLException {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            sql.createStatement().execute("PRAGMA busy_timeout = 5000");
            sql.setAutoCommit(false);
            try (PreparedStatement insert = sql.prepareStatement(
                    "INSERT OR REPLACE INTO level (queue, at, live, oldest)"
                            + " SELECT number, ?1, ?2, ?3 FROM queue WHERE name = 'webhooks' UNION SELECT -1, ?1, ?2, ?3")) {
                for (long at = now / MINUTE * MINUTE - 24 * 60 * MINUTE; at < now / MINUTE * MINUTE; at += MINUTE) {
                    double ago = (now - at) / (double) MINUTE;
                    double rush = Math.max(0, 1 - Math.abs(ago - 24) / 15);
                    double wave = 1 + Math.sin(ago / 190) + 0.3 * random.nextGaussian();
                    insert.setLong(1, at);
                    insert.setLong(2, (long) (340 + 2600 * rush + 60 * wave));
                    insert.setLong(3, (long) (900 + 26_000 * rush + 500 * Math.max(0, wave)));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            sql.commit();
        }
    }

    private MinuteCounts minute(long at, long now, String type, int perMinute, int failing, long runMillis) {
        MinuteCounts minute = new MinuteCounts(at);
        double ago = (now - at) / (double) MINUTE;
        double wave = 0.62 + 0.25 * Math.sin(ago / 190) + 0.12 * Math.sin(ago / 11.0);
        int runs = (int) Math.max(0, perMinute * (wave + 0.13 * random.nextGaussian()));
        // A rush half an hour ago, which the workers then caught up with.
        boolean rush = ago > 24 && ago < 34;
        int submitted = rush ? (int) (runs * 1.35) : ago <= 24 && ago > 8 ? (int) (runs * 0.78) : runs;
        minute.submitted = submitted;
        minute.started = runs;
        for (int i = 0; i < runs; i++) {
            boolean fails = random.nextInt(failing * (rush ? 1 : 4)) == 0;
            minute.ended(
                    type,
                    !fails
                            ? MinuteCounts.End.SUCCEEDED
                            : random.nextInt(9) == 0 ? MinuteCounts.End.DEAD : MinuteCounts.End.FAILED);
            minute.runs[Buckets.index((long) (runMillis * Math.exp(0.6 * random.nextGaussian())))]++;
            double lag = rush || ago < 24 && ago > 12 ? 1500 : 14;
            minute.waits[Buckets.index((long) (lag * Math.exp(0.9 * random.nextGaussian())))]++;
        }
        return minute;
    }
}
