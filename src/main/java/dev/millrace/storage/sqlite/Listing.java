package dev.millrace.storage.sqlite;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.sqlite.Finding.Found;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A page of one queue's tasks: walks cohorts by entry into a state, or batches by creation. */
final class Listing implements Readers.Look<Page> {
    /** Tasks of one batch are created within this of each other: those submitted together arrived together. */
    private static final long SPREAD_MILLIS = Duration.ofMinutes(1).toMillis();

    private final TaskFilter filter;
    private final String cursor;
    private final int limit;
    private final SpecCache specs;

    Listing(TaskFilter filter, String cursor, int limit, SpecCache specs) {
        this.filter = filter;
        this.cursor = cursor;
        this.limit = limit;
        this.specs = specs;
    }

    private static final String NUMBER = """
            SELECT number FROM queue WHERE name = ?""";

    @Override
    public Page read(Statements sql) throws SQLException {
        int list = (filter.queue() + '/' + filter.state()).hashCode();
        Cursor from = Cursor.of(cursor, list, filter.state() == TaskState.SCHEDULED);
        Integer queue = sql.first(NUMBER, row -> row.getInt(1), filter.queue());
        if (queue == null) {
            return new Page(List.of(), null, null);
        }
        Walk walk = new Walk(sql, list, from);
        if (filter.state() == null) {
            byCreation(sql, queue, from, walk);
        } else if (filter.state() == TaskState.SCHEDULED) {
            nextDue(sql, queue, from, walk);
        } else {
            byEntry(sql, queue, from, walk);
        }
        return walk.page();
    }

    private static final String BY_CREATION = """
            SELECT seq, seq, newest FROM batch
             WHERE queue = ? AND (newest, seq) <= (?, ?) AND newest >= ? AND oldest < ?
             ORDER BY newest DESC, seq DESC""";

    private void byCreation(Statements sql, int queue, Cursor from, Walk walk) throws SQLException {
        long before = filter.createdBefore() == null
                ? Long.MAX_VALUE - SPREAD_MILLIS
                : filter.createdBefore().toEpochMilli();
        long at = from == null ? before + SPREAD_MILLIS : from.at();
        long row = from == null ? Long.MAX_VALUE : from.row();
        sql.each(BY_CREATION, walk::newestFirst, queue, at, row, createdAfter(), before);
    }

    private static final String BY_ENTRY = """
            SELECT id, batch, at FROM cohort
             WHERE queue = ? AND state = ? AND (at, id) <= (?, ?) AND at >= ? ORDER BY at DESC, id DESC""";

    /** A task enters any state but scheduled after it was created, so older entries need not be looked at. */
    private void byEntry(Statements sql, int queue, Cursor from, Walk walk) throws SQLException {
        long at = from == null ? Long.MAX_VALUE : from.at();
        long row = from == null ? Long.MAX_VALUE : from.row();
        int state = filter.state().code();
        sql.each(BY_ENTRY, walk::newestFirst, queue, state, at, row, createdAfter());
    }

    private static final String NEXT_DUE = """
            SELECT id, batch, at FROM cohort WHERE queue = ? AND state = 0 AND (at, id) >= (?, ?) ORDER BY at, id""";

    private void nextDue(Statements sql, int queue, Cursor from, Walk walk) throws SQLException {
        long at = from == null ? Long.MIN_VALUE : from.at();
        long row = from == null ? Long.MIN_VALUE : from.row();
        sql.each(NEXT_DUE, walk::oldestFirst, queue, at, row);
    }

    private long createdAfter() {
        return filter.createdAfter() == null
                ? Long.MIN_VALUE
                : filter.createdAfter().toEpochMilli();
    }

    /** Gathers a page, row by row. */
    private final class Walk {
        private final Finding finding;
        private final int list;
        private final Cursor from;
        private final List<Task> tasks = new ArrayList<>();
        private int looked;
        private Cursor last;
        private boolean more;

        private Walk(Statements sql, int list, Cursor from) {
            this.finding = new Finding(sql, specs);
            this.list = list;
            this.from = from;
        }

        private boolean newestFirst(ResultSet row) throws SQLException {
            return visit(row, true);
        }

        private boolean oldestFirst(ResultSet row) throws SQLException {
            return visit(row, false);
        }

        private boolean visit(ResultSet row, boolean descending) throws SQLException {
            long id = row.getLong(1);
            long at = row.getLong(3);
            LiveBatch batch = finding.ofSeq(row.getLong(2));
            int count = batch.records.length;
            for (int n = 0; n < count; n++) {
                int index = descending ? count - 1 - n : n;
                if (!belongs(batch.records[index], id) || seen(id, index, descending)) {
                    continue;
                }
                if (looked >= TaskFilter.WALK || tasks.size() >= limit) {
                    more = true;
                    return false;
                }
                look(batch, index);
                last = new Cursor(list, at, id, index);
            }
            return true;
        }

        private boolean belongs(TaskRecord record, long cohort) {
            return record.exists() && (filter.state() == null || record.cohort == cohort);
        }

        private boolean seen(long row, int index, boolean descending) {
            return from != null && row == from.row() && (descending ? index >= from.index() : index <= from.index());
        }

        private void look(LiveBatch batch, int index) throws SQLException {
            looked++;
            Found found = new Found(batch, index, batch.records[index]);
            Task bare = finding.bare(found);
            if (bare != null && filter.matchesMarks(bare.spec())) {
                Task task = finding.detailed(found, bare, false);
                if (filter.matchesContent(task)) {
                    tasks.add(task);
                }
            }
        }

        private Page page() {
            Instant scannedTo = last == null ? null : Instant.ofEpochMilli(last.at());
            return new Page(tasks, more ? last.text() : null, scannedTo);
        }
    }
}
