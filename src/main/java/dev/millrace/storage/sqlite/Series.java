package dev.millrace.storage.sqlite;

import dev.millrace.monitor.Buckets;
import dev.millrace.monitor.Level;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.storage.sqlite.MinuteCounts.End;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts by the minute. The present minute is part of its queue, so that a transaction writes it along with the other
 * counters; only what is counted after its minute is over goes to the table at once.
 */
final class Series {
    private static final long MINUTE = 60_000;

    private final Statements sql;
    private final Map<Past, MinuteCounts> past = new HashMap<>();

    Series(Statements sql) {
        this.sql = sql;
    }

    private record Past(int queue, long at) {}

    void submitted(LiveQueue queue, long now, int tasks) throws SQLException {
        minute(queue, now).submitted += tasks;
    }

    void started(LiveQueue queue, long now, long waited) throws SQLException {
        MinuteCounts minute = minute(queue, now);
        minute.started++;
        minute.waits[Buckets.index(waited)]++;
    }

    void ran(LiveQueue queue, long now, long millis) throws SQLException {
        minute(queue, now).runs[Buckets.index(millis)]++;
    }

    void ended(LiveQueue queue, long now, String type, End how) throws SQLException {
        minute(queue, now).ended(type, how);
    }

    private MinuteCounts minute(LiveQueue queue, long now) throws SQLException {
        queue.changed = true;
        MinuteCounts present = queue.minute;
        if (present != null && now >= present.at && now < present.at + MINUTE) {
            return present;
        }
        long at = Math.floorDiv(now, MINUTE) * MINUTE;
        if (present != null && at < present.at) {
            return past(queue, at);
        }
        if (present != null) {
            put(queue.number, present);
        }
        queue.minute = read(queue.number, at);
        return queue.minute;
    }

    private MinuteCounts past(LiveQueue queue, long at) throws SQLException {
        Past key = new Past(queue.number, at);
        MinuteCounts minute = past.get(key);
        if (minute == null) {
            minute = read(queue.number, at);
            past.put(key, minute);
        }
        return minute;
    }

    private static final String READ = """
            SELECT counts FROM minute WHERE queue = ? AND at = ?""";

    private MinuteCounts read(int queue, long at) throws SQLException {
        byte[] counts = sql.first(READ, row -> row.getBytes(1), queue, at);
        return counts == null ? new MinuteCounts(at) : MinuteCounts.decode(counts);
    }

    private static final String PUT = """
            INSERT INTO minute (queue, at, counts) VALUES (?, ?, ?)
            ON CONFLICT (queue, at) DO UPDATE SET counts = excluded.counts""";

    private void put(int queue, MinuteCounts minute) throws SQLException {
        sql.update(PUT, queue, minute.at, minute.encode());
    }

    private static final String DROP = """
            DELETE FROM minute WHERE queue = ? AND at < ?""";

    private static final String DROP_LEVELS = """
            DELETE FROM level WHERE queue = ? AND at < ?""";

    void drop(LiveQueue queue, long before) throws SQLException {
        sql.update(DROP, queue.number, before);
        sql.update(DROP_LEVELS, queue.number, before);
        if (queue.minute != null && queue.minute.at < before) {
            queue.minute = null;
            queue.changed = true;
        }
    }

    /** Of all queues together. */
    private static final int ALL = -1;

    private static final String NUMBER = """
            SELECT number FROM queue WHERE name = ?""";

    private static final String NOTE = """
            INSERT INTO level (queue, at, live, oldest) VALUES (?, ?, ?, ?)
            ON CONFLICT (queue, at) DO UPDATE SET live = excluded.live, oldest = excluded.oldest""";

    void note(String queue, Level level) throws SQLException {
        Integer number = number(sql, queue);
        if (number != null) {
            long at = level.at().toEpochMilli();
            sql.update(NOTE, number, at, level.live(), level.oldest().toMillis());
            if (number == ALL) {
                sql.update(
                        DROP_LEVELS,
                        ALL,
                        at - Duration.ofHours(SeriesStore.HOURS_KEPT).toMillis());
            }
        }
    }

    /** Under which a queue's levels are kept; null when there is no such queue. */
    static Integer number(Statements sql, String queue) throws SQLException {
        return queue.equals(SeriesStore.ALL) ? Integer.valueOf(ALL) : sql.first(NUMBER, row -> row.getInt(1), queue);
    }

    void write() throws SQLException {
        for (Map.Entry<Past, MinuteCounts> minute : past.entrySet()) {
            put(minute.getKey().queue, minute.getValue());
        }
        past.clear();
    }

    void forget() {
        past.clear();
    }
}
