package dev.millrace.storage.sqlite;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Queues in a SQLite file. */
final class SqliteQueueStore implements QueueStore {
    private final Writer writer;
    private final Readers readers;
    private final Retention usual;
    private final Map<String, Integer> opened = new ConcurrentHashMap<>();

    SqliteQueueStore(Writer writer, Readers readers, Retention usual) {
        this.writer = writer;
        this.readers = readers;
        this.usual = usual;
    }

    @Override
    public int open(String queue, Instant now) {
        Integer known = opened.get(queue);
        if (known == null) {
            known = change(tx -> tx.queues.open(queue, now.toEpochMilli()).number);
            opened.put(queue, known);
        }
        return known;
    }

    private static final String NAMES = """
            SELECT name, number FROM queue WHERE name IS NOT NULL ORDER BY last_used DESC""";

    @Override
    public Map<String, Integer> names() {
        return readers.call(sql -> {
            Map<String, Integer> names = new LinkedHashMap<>();
            sql.each(NAMES, row -> {
                names.put(row.getString(1), row.getInt(2));
                return true;
            });
            return names;
        });
    }

    @Override
    public Optional<QueueSnapshot> find(String queue, Instant now) {
        return findAll(List.of(queue), now).stream().findFirst();
    }

    @Override
    public List<QueueSnapshot> findAll(List<String> queues, Instant now) {
        return readers.call(sql -> {
            List<QueueSnapshot> found = new ArrayList<>();
            for (String queue : queues) {
                QueueSnapshot snapshot = sql.first(FIND, row -> snapshot(sql, row, now.toEpochMilli()), queue);
                if (snapshot != null) {
                    found.add(snapshot);
                }
            }
            return found;
        });
    }

    private static final String FIND = """
            SELECT number, name, paused, config, last_used, waiting_bytes, ended_bytes, scheduled, ready, running,
                   blocked, succeeded, dead, cancelled, expired, dead_bytes, cancelled_bytes, expired_bytes,
                   bucket_full
              FROM queue WHERE name = ?""";

    private static final String DUE = """
            SELECT sum(size) FROM (SELECT size FROM cohort WHERE queue = ? AND state = 0 AND at <= ? LIMIT 10000)""";

    private static final String FIRST = """
            SELECT min(at) FROM cohort WHERE queue = ? AND state = ?""";

    private static final int MOST_DUE = 10_000;

    private QueueSnapshot snapshot(Statements sql, ResultSet row, long now) throws SQLException {
        int number = row.getInt(1);
        Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            counts.put(state, row.getLong(8 + state.code()));
        }
        long due = counts.get(TaskState.SCHEDULED) == 0 ? 0 : sql.first(DUE, r -> r.getLong(1), number, now);
        return new QueueSnapshot(
                row.getString(2),
                number,
                row.getInt(3) != 0,
                counts,
                Math.min(MOST_DUE, due),
                first(sql, number, TaskState.READY),
                first(sql, number, TaskState.SCHEDULED),
                row.getLong(6),
                endedBytes(row),
                row.getLong(19),
                Instant.ofEpochMilli(row.getLong(5)),
                ConfigCodec.decode(row.getBytes(4)),
                usual);
    }

    private static Map<TaskState, Long> endedBytes(ResultSet row) throws SQLException {
        long cancelled = row.getLong(17);
        long expired = row.getLong(18);
        Map<TaskState, Long> bytes = new EnumMap<>(TaskState.class);
        bytes.put(TaskState.SUCCEEDED, row.getLong(7) - cancelled - expired);
        bytes.put(TaskState.DEAD, row.getLong(16));
        bytes.put(TaskState.CANCELLED, cancelled);
        bytes.put(TaskState.EXPIRED, expired);
        return bytes;
    }

    private static Instant first(Statements sql, int queue, TaskState state) throws SQLException {
        Long at = sql.first(FIRST, row -> Statements.number(row, 1), queue, state.code());
        return at == null ? null : Instant.ofEpochMilli(at);
    }

    @Override
    public boolean configure(String queue, QueueConfig config) {
        return change(tx -> {
            LiveQueue live = tx.queues.of(queue);
            if (live != null) {
                live.config = config;
                tx.queues.writeSettings(live);
                tx.announcements.ready(queue);
            }
            return live != null;
        });
    }

    @Override
    public boolean pause(String queue, boolean paused) {
        return change(tx -> {
            LiveQueue live = tx.queues.of(queue);
            if (live != null) {
                live.paused = paused;
                tx.queues.writeSettings(live);
                if (!paused) {
                    tx.announcements.ready(queue);
                }
            }
            return live != null;
        });
    }

    @Override
    public Deleted delete(String queue, boolean force) {
        Integer[] number = new Integer[1];
        Deleted deleted = change(tx -> {
            LiveQueue live = tx.queues.of(queue);
            if (live == null) {
                return Deleted.NOT_FOUND;
            }
            if (!force && live.depth() + live.count(TaskState.RUNNING) > 0) {
                return Deleted.NOT_EMPTY;
            }
            number[0] = live.number;
            Removal.begin(tx, live);
            return Deleted.DONE;
        });
        opened.remove(queue);
        if (deleted == Deleted.DONE) {
            removeRest(number[0]);
        }
        return deleted;
    }

    /** In slices, so that others get their turn; what is left after a crash is removed at the next start. */
    private void removeRest(int number) {
        while (change(tx -> Removal.slice(tx, number))) {
            // Each slice is a transaction of its own.
        }
    }

    /** Goes on with what an earlier process began. */
    void removeRests() {
        readers.call(Removal::begun).forEach(this::removeRest);
    }

    private <T> T change(Writer.Unit<T> unit) {
        try {
            return writer.call(unit);
        } catch (MillraceException e) {
            throw SqliteErrors.notFull(e);
        }
    }
}
