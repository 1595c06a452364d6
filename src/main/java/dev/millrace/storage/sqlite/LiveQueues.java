package dev.millrace.storage.sqlite;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueStore;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The queues that the writer works on, each read once and written once per transaction that moved a counter. */
final class LiveQueues {
    private static final String COLUMNS = """
            SELECT number, name, paused, config, last_used, scheduled, ready, running, blocked, succeeded, dead,
                   cancelled, expired, waiting_bytes, dead_bytes, ended_bytes, cancelled_bytes, expired_bytes,
                   lanes, minute, bucket_full
              FROM queue\s""";

    private final Statements sql;
    private final Map<Integer, LiveQueue> byNumber = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    /** In this transaction. */
    private final Set<LiveQueue> used = new LinkedHashSet<>();

    LiveQueues(Statements sql) {
        this.sql = sql;
    }

    /** Null when there is none (any more). */
    LiveQueue of(int number) throws SQLException {
        LiveQueue queue = byNumber.get(number);
        if (queue == null) {
            queue = keep(sql.first(COLUMNS + "WHERE number = ?", this::read, number));
        }
        if (queue == null || queue.name == null) {
            return null;
        }
        used.add(queue);
        return queue;
    }

    /** Null when there is none. */
    LiveQueue of(String name) throws SQLException {
        Integer number = numbers.get(name);
        if (number == null) {
            LiveQueue queue = keep(sql.first(COLUMNS + "WHERE name = ?", this::read, name));
            number = queue == null ? null : Integer.valueOf(queue.number);
        }
        return number == null ? null : of(number);
    }

    private static final String COUNT = """
            SELECT count(*) FROM queue""";

    private static final String LAST_NUMBER = """
            INSERT INTO meta (key, value) VALUES ('queue', 1)
            ON CONFLICT (key) DO UPDATE SET value = value + 1 RETURNING value""";

    private static final String INSERT = """
            INSERT INTO queue (number, name, config, last_used) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    /** The queue of this name, which comes into being if it is new. Numbers are not used again until all were. */
    LiveQueue open(String name, long now) throws SQLException {
        LiveQueue found = of(name);
        if (found != null) {
            return found;
        }
        if (sql.first(COUNT, row -> row.getInt(1)) >= QueueStore.LIMIT) {
            throw new MillraceException(
                    ErrorCode.QUEUE_FULL, "There are " + QueueStore.LIMIT + " queues already, and no room for more.");
        }
        byte[] config = ConfigCodec.encode(QueueConfig.DEFAULT);
        int number;
        do {
            number = (int) (sql.first(LAST_NUMBER, row -> row.getLong(1)) % BatchId.QUEUES);
        } while (sql.update(INSERT, number, name, config, now) == 0);
        byNumber.remove(number);
        return of(name);
    }

    private static final String INSERT_LANE = """
            INSERT INTO lane (number, queue, type) VALUES (?, ?, ?)""";

    /** The lane of a type, which comes into being if it is new. */
    LiveQueue.Lane lane(LiveQueue queue, String type, Sequence sequence) throws SQLException {
        LiveQueue.Lane lane = queue.lanes.get(type);
        if (lane == null) {
            lane = new LiveQueue.Lane(sequence.next(), type);
            sql.update(INSERT_LANE, lane.number, queue.number, type);
            queue.add(lane);
        }
        return lane;
    }

    private static final String DELETE_LANE = """
            DELETE FROM lane WHERE number = ?""";

    /** Forgets types of which no task lives. */
    int dropIdleLanes(LiveQueue queue, int limit) throws SQLException {
        var idle = queue.lanes.values().stream()
                .filter(lane -> lane.live == 0)
                .limit(limit)
                .toList();
        for (LiveQueue.Lane lane : idle) {
            sql.update(DELETE_LANE, lane.number);
            queue.remove(lane);
        }
        return idle.size();
    }

    private static final String UPDATE_COUNTS = """
            UPDATE queue
               SET last_used = ?, scheduled = ?, ready = ?, running = ?, blocked = ?, succeeded = ?, dead = ?,
                   cancelled = ?, expired = ?, waiting_bytes = ?, dead_bytes = ?, ended_bytes = ?,
                   cancelled_bytes = ?, expired_bytes = ?, counted = ?, lanes = ?, minute = ?, bucket_full = ?
             WHERE number = ?""";

    void write() throws SQLException {
        for (LiveQueue queue : used) {
            if (queue.changed) {
                writeCounts(queue);
                queue.changed = false;
            }
        }
        used.clear();
    }

    private void writeCounts(LiveQueue queue) throws SQLException {
        long[] n = queue.counts;
        byte[] minute = queue.minute == null ? null : queue.minute.encode();
        sql.update(
                UPDATE_COUNTS,
                queue.lastUsed,
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                n[5],
                n[6],
                n[7],
                queue.waitingBytes,
                queue.bytes(TaskState.DEAD),
                queue.bytesButDead(),
                Math.max(0, queue.bytes(TaskState.CANCELLED)),
                Math.max(0, queue.bytes(TaskState.EXPIRED)),
                Recount.mark(queue.counts, queue.bytesButDead(), queue.lastUsed, minute),
                queue.encodeLanes(),
                minute,
                queue.bucketFull,
                queue.number);
    }

    private static final String UPDATE_SETTINGS = """
            UPDATE queue SET name = ?, paused = ?, config = ? WHERE number = ?""";

    /** Writes name, pause and configuration at once: they change seldom. */
    void writeSettings(LiveQueue queue) throws SQLException {
        sql.update(UPDATE_SETTINGS, queue.name, queue.paused ? 1 : 0, ConfigCodec.encode(queue.config), queue.number);
    }

    /** After a rollback nothing in memory can be relied on. */
    void forget() {
        byNumber.clear();
        numbers.clear();
        used.clear();
    }

    void forget(LiveQueue queue) {
        used.remove(queue);
        byNumber.remove(queue.number);
        numbers.values().remove(queue.number);
    }

    private static final String LANES = """
            SELECT number, type FROM lane WHERE queue = ?""";

    private LiveQueue keep(LiveQueue queue) throws SQLException {
        if (queue != null) {
            byNumber.put(queue.number, queue);
            if (queue.name != null) {
                numbers.put(queue.name, queue.number);
            }
        }
        return queue;
    }

    private LiveQueue read(ResultSet row) throws SQLException {
        LiveQueue queue = new LiveQueue(row.getInt(1));
        queue.name = row.getString(2);
        queue.paused = row.getInt(3) != 0;
        queue.config = ConfigCodec.decode(row.getBytes(4));
        queue.lastUsed = row.getLong(5);
        for (int state = 0; state < queue.counts.length; state++) {
            queue.counts[state] = row.getLong(6 + state);
        }
        queue.waitingBytes = row.getLong(14);
        readBytes(row, queue);
        queue.bucketFull = row.getLong(21);
        byte[] lanes = row.getBytes(19);
        byte[] minute = row.getBytes(20);
        sql.all(LANES, lane -> new LiveQueue.Lane(lane.getLong(1), lane.getString(2)), queue.number)
                .forEach(queue::add);
        if (lanes != null) {
            queue.decodeLanes(lanes);
        }
        queue.minute = minute == null ? null : MinuteCounts.decode(minute);
        return queue;
    }

    private static void readBytes(ResultSet row, LiveQueue queue) throws SQLException {
        long cancelled = row.getLong(17);
        long expired = row.getLong(18);
        queue.endedBytes[TaskState.DEAD.code()] = row.getLong(15);
        queue.endedBytes[TaskState.CANCELLED.code()] = cancelled;
        queue.endedBytes[TaskState.EXPIRED.code()] = expired;
        queue.endedBytes[TaskState.SUCCEEDED.code()] = row.getLong(16) - cancelled - expired;
    }
}
