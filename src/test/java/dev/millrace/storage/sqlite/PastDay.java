package dev.millrace.storage.sqlite;

import dev.millrace.monitor.Buckets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Gives a store a day that it did not have, for pictures. */
public final class PastDay {
    private static final long MINUTE = 60_000;

    private static final long DAY = 24 * 60 * MINUTE;

    private final Path file;
    private final long now;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(11);

    /**
     * How a queue's day usually goes.
     *
     * @param perMinute tasks in a busy minute
     * @param failing one in so many runs fails
     * @param runMillis how long runs take, about
     * @param lagMillis how long tasks wait, about
     */
    public record Habit(String queue, String type, int perMinute, int failing, long runMillis, long lagMillis) {}

    /**
     * @param data the directory of an open store
     */
    public PastDay(Path data, Instant now) {
        this.file = data.resolve(SqliteStorage.FILE);
        this.now = now.toEpochMilli();
    }

    /** Writes something of each minute before the present one. */
    private interface Writing {
        void write(PreparedStatement insert, long at) throws SQLException;
    }

    private void eachMinute(String statement, Writing writing) {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            sql.createStatement().execute("PRAGMA busy_timeout = 5000");
            sql.setAutoCommit(false);
            try (PreparedStatement insert = sql.prepareStatement(statement)) {
                for (long at = now / MINUTE * MINUTE - DAY; at < now / MINUTE * MINUTE; at += MINUTE) {
                    writing.write(insert, at);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            sql.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void of(Habit habit) {
        eachMinute(
                "INSERT OR REPLACE INTO minute (queue, at, counts)"
                        + " VALUES ((SELECT number FROM queue WHERE name = ?), ?, ?)",
                (insert, at) -> {
                    insert.setString(1, habit.queue());
                    insert.setLong(2, at);
                    insert.setBytes(3, minute(at, habit).encode());
                });
    }

    /**
     * How many waited, and how long, in the same day.
     *
     * @param queue null for all together
     * @param usual tasks not done yet in a usual minute
     * @param more of them in the rush
     */
    public void levels(String queue, int usual, int more) {
        eachMinute(
                "INSERT OR REPLACE INTO level (queue, at, live, oldest)"
                        + " VALUES (coalesce((SELECT number FROM queue WHERE name = ?), -1), ?, ?, ?)",
                (insert, at) -> {
                    double rush = Math.max(0, 1 - Math.abs(ago(at) - 24) / 15);
                    double wave = 1 + Math.sin(ago(at) / 190) + 0.3 * random.nextGaussian();
                    insert.setString(1, queue);
                    insert.setLong(2, at);
                    insert.setLong(3, Math.max(0, (long) (usual * (0.9 + 0.1 * wave) + more * rush)));
                    insert.setLong(4, (long) (4200 + 24_000 * rush + 700 * Math.max(0, wave)));
                });
    }

    /** In minutes. */
    private double ago(long at) {
        return (now - at) / (double) MINUTE;
    }

    private MinuteCounts minute(long at, Habit habit) {
        MinuteCounts minute = new MinuteCounts(at);
        double ago = ago(at);
        double wave = 0.62 + 0.25 * Math.sin(ago / 190) + 0.12 * Math.sin(ago / 11.0);
        int runs = (int) Math.max(0, habit.perMinute() * (wave + 0.13 * random.nextGaussian()));
        // A rush half an hour ago, which the workers then caught up with.
        boolean rush = ago > 24 && ago < 34;
        int submitted = rush ? (int) (runs * 1.35) : ago <= 24 && ago > 8 ? (int) (runs * 0.78) : runs;
        minute.submitted = submitted;
        minute.started = runs;
        double lag = habit.lagMillis() + (rush || ago < 24 && ago > 12 ? 1500 : 0);
        for (int i = 0; i < runs; i++) {
            boolean fails = random.nextInt(habit.failing() * (rush ? 1 : 4)) == 0;
            // None for good: the dead of the day would have to be there.
            minute.ended(habit.type(), fails ? MinuteCounts.End.FAILED : MinuteCounts.End.SUCCEEDED);
            minute.runs[Buckets.index((long) (habit.runMillis() * Math.exp(0.6 * random.nextGaussian())))]++;
            minute.waits[Buckets.index((long) (lag * Math.exp(0.9 * random.nextGaussian())))]++;
        }
        return minute;
    }
}
