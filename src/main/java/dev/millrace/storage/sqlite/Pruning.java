package dev.millrace.storage.sqlite;

import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.task.TaskState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Removes what a queue has kept for long enough: ended tasks, names and keys, minutes, traces of batches. */
final class Pruning implements Writer.Unit<Integer> {
    /** Long enough for any repeat of a submission whose answer was lost. */
    private static final long TRACE_MILLIS = Duration.ofMinutes(10).toMillis();

    /** 64 MiB. */
    private static final int IDLE_PAGES = 16_384;

    private final String queueName;
    private final Retention usual;
    private final int limit;
    private final long now;
    private int removed;

    /**
     * @param usual what is kept where the queue says nothing itself
     */
    Pruning(String queueName, Retention usual, int limit, Instant now) {
        this.queueName = queueName;
        this.usual = usual;
        this.limit = limit;
        this.now = now.toEpochMilli();
    }

    @Override
    public Integer run(Transaction tx) throws SQLException {
        removed = 0;
        LiveQueue queue = tx.queues.of(queueName);
        if (queue == null) {
            return 0;
        }
        Retention retention = queue.config.retention().over(usual);
        removeAll(tx, select(tx, OWN, queue.number, now, limit));
        // Succeeded ones last: they are the most, and must not keep the others from their turn.
        for (TaskState state : Retention.STATES.reversed()) {
            Kept kept = retention.of(state);
            removeAll(tx, aged(tx, queue, state, now - kept.age().toMillis()));
            removeOverBounds(tx, queue, state, kept);
        }
        long forgotten = now - retention.dedupe().toMillis();
        removed += tx.names.forgetEnded(queue.number, forgotten, Math.max(0, limit - removed));
        removeTraces(tx, queue);
        tx.queues.dropIdleLanes(queue, limit);
        giveBackPages(tx);
        return removed;
    }

    private static final String PAGES = """
            SELECT freelist_count, page_count FROM pragma_freelist_count(), pragma_page_count()""";

    private static final String VACUUM = """
            PRAGMA incremental_vacuum(500)""";

    /** Only when much of the file lies idle: what is freed today is mostly needed again tomorrow. */
    private static void giveBackPages(Transaction tx) throws SQLException {
        boolean idle = tx.sql.first(PAGES, row -> row.getLong(1) > IDLE_PAGES && row.getLong(1) > row.getLong(2) / 4);
        if (idle) {
            tx.sql.each(VACUUM, row -> true);
        }
    }

    /** An ended cohort. */
    private record Ended(long cohort, long batch, long at) {}

    private static final String OWN = """
            SELECT id, batch, until FROM cohort
             WHERE queue = ? AND until <= ? AND until IS NOT NULL ORDER BY until LIMIT ?""";

    private static final String AGED = """
            SELECT id, batch, at, until FROM cohort
             WHERE queue = ? AND state = ? AND at BETWEEN ? AND ? ORDER BY at, id""";

    /**
     * What the queue's retention is over for. Those at the start that have one of their own are not looked at twice:
     * whatever ends later stands behind them.
     */
    private List<Ended> aged(Transaction tx, LiveQueue queue, TaskState state, long before) throws SQLException {
        List<Ended> aged = new ArrayList<>();
        long from = queue.ownUntil.getOrDefault(state, Long.MIN_VALUE);
        tx.sql.each(
                AGED,
                row -> {
                    Ended ended = new Ended(row.getLong(1), row.getLong(2), row.getLong(3));
                    if (Statements.number(row, 4) == null) {
                        aged.add(ended);
                    } else if (aged.isEmpty()) {
                        queue.ownUntil.put(state, ended.at);
                    }
                    return aged.size() < limit;
                },
                queue.number,
                state.code(),
                from,
                before);
        return aged;
    }

    private static List<Ended> select(Transaction tx, String sql, Object... values) throws SQLException {
        return tx.sql.all(sql, row -> new Ended(row.getLong(1), row.getLong(2), row.getLong(3)), values);
    }

    private void removeAll(Transaction tx, List<Ended> cohorts) throws SQLException {
        for (Ended ended : cohorts) {
            if (removed >= limit) {
                break;
            }
            LiveBatch batch = tx.batches.ofSeq(ended.batch);
            for (int index : batch.members(ended.cohort)) {
                tx.remove(tx.hold(batch, index), now);
                removed++;
            }
        }
        tx.cohorts.write();
    }

    private static final String OLDEST = """
            SELECT id, batch, at FROM cohort WHERE queue = ? AND state = ? ORDER BY at, id LIMIT 1""";

    /** The oldest first, one by one, as the bound is exact. */
    private void removeOverBounds(Transaction tx, LiveQueue queue, TaskState state, Kept kept) throws SQLException {
        while (removed < limit && over(queue, state, kept)) {
            Ended oldest = select(tx, OLDEST, queue.number, state.code()).getFirst();
            LiveBatch batch = tx.batches.ofSeq(oldest.batch);
            for (int index : batch.members(oldest.cohort)) {
                if (over(queue, state, kept)) {
                    tx.remove(tx.hold(batch, index), now);
                    removed++;
                }
            }
            tx.cohorts.write();
        }
    }

    private static boolean over(LiveQueue queue, TaskState state, Kept kept) {
        return kept.isExceededBy(queue.count(state), queue.bytes(state));
    }

    private static final String TRACES = """
            SELECT seq FROM batch WHERE queue = ? AND gone <= ? AND gone IS NOT NULL ORDER BY gone LIMIT ?""";

    private static final String DROP_TRACE = """
            DELETE FROM batch WHERE seq = ?""";

    private void removeTraces(Transaction tx, LiveQueue queue) throws SQLException {
        for (long seq : tx.sql.all(TRACES, row -> row.getLong(1), queue.number, now - TRACE_MILLIS, limit)) {
            tx.batches.forget(tx.batches.ofSeq(seq));
            tx.sql.update(DROP_TRACE, seq);
            Extras.deleteOf(tx.sql, seq);
        }
        long before = now - Duration.ofHours(SeriesStore.HOURS_KEPT).toMillis();
        tx.series.drop(queue, before);
    }
}
