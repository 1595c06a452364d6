package dev.millrace.storage.sqlite;

import dev.millrace.monitor.Buckets;
import dev.millrace.storage.sqlite.MinuteCounts.End;
import java.sql.SQLException;
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

    void drop(LiveQueue queue, long before) throws SQLException {
        sql.update(DROP, queue.number, before);
        if (queue.minute != null && queue.minute.at < before) {
            queue.minute = null;
            queue.changed = true;
        }
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
