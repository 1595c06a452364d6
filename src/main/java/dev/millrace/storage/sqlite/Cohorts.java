package dev.millrace.storage.sqlite;

import dev.millrace.task.TaskState;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps track of who stands where while a unit of work moves tasks. What stood together and moved together becomes one
 * row; {@link #write()} must come before anything is looked up again.
 */
final class Cohorts {
    private final Statements sql;
    private final Sequence sequence;
    private final Map<Place, Formed> formed = new LinkedHashMap<>();
    private final Map<LiveBatch, Formed> firsts = new HashMap<>();
    private final Map<LiveBatch, Long> arrivals = new HashMap<>();
    private final Map<LiveBatch, Map<Long, Integer>> left = new LinkedHashMap<>();
    private Formed latest;

    Cohorts(Statements sql, Sequence sequence) {
        this.sql = sql;
        this.sequence = sequence;
    }

    /** Where tasks of a batch stand together. */
    private record Place(
            LiveBatch batch,
            Integer was,
            int state,
            long at,
            Long lane,
            Long rank,
            Long deadline,
            Long expires,
            Long until) {
        static Place of(LiveBatch batch, Integer was, TaskRecord r) {
            boolean waits = r.state == TaskState.SCHEDULED.code() || r.state == TaskState.READY.code();
            boolean ready = r.state == TaskState.READY.code();
            return new Place(
                    batch,
                    was,
                    r.state,
                    at(r),
                    ready ? r.lane : null,
                    ready ? r.rank() : null,
                    r.state == TaskState.RUNNING.code() ? r.deadline : null,
                    waits && r.expiresAt != TaskRecord.NONE ? r.expiresAt : null,
                    r.state >= TaskState.SUCCEEDED.code() && r.keep != TaskRecord.NONE ? r.finishedAt + r.keep : null);
        }

        private static long at(TaskRecord r) {
            return switch (r.state()) {
                case SCHEDULED -> r.runAt;
                case READY -> r.readyAt;
                case RUNNING -> r.startedAt;
                case BLOCKED -> r.createdAt;
                case SUCCEEDED, DEAD, CANCELLED, EXPIRED -> r.finishedAt;
            };
        }
    }

    /** A cohort that comes into being. */
    private static final class Formed {
        private final long id;
        private final Place place;
        private int size;
        /** The only one of its batch. */
        private boolean alone = true;

        private Formed(long id, Place place) {
            this.id = id;
            this.place = place;
        }
    }

    /**
     * Puts a task where its record says that it stands.
     *
     * @param was the state that it comes from; null for a new one
     */
    void join(LiveBatch batch, TaskRecord record, Integer was) throws SQLException {
        Place place = Place.of(batch, was, record);
        if (latest == null || !latest.place.equals(place)) {
            latest = formed.get(place);
            if (latest == null) {
                latest = new Formed(sequence.next(), place);
                formed.put(place, latest);
                Formed first = firsts.putIfAbsent(batch, latest);
                if (first != null) {
                    first.alone = false;
                    latest.alone = false;
                }
            }
        }
        latest.size++;
        record.cohort = latest.id;
    }

    /** Takes a task out of its cohort; the record's cohort must be set anew, or the task be gone. */
    void leave(LiveBatch batch, TaskRecord record) {
        left.computeIfAbsent(batch, b -> new LinkedHashMap<>())
                .merge(record.cohort, record.is(TaskState.SCHEDULED) ? 1 : 0, Integer::sum);
    }

    private static final String INSERT = """
            INSERT INTO cohort (batch, queue, state, was, at, size, lane, rank, arrival, deadline, expires, until, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String REPLACE = """
            UPDATE cohort
               SET batch = ?, queue = ?, state = ?, was = ?, at = ?, size = ?, lane = ?, rank = ?, arrival = ?,
                   deadline = ?, expires = ?, until = ?
             WHERE id = ?""";

    private static final String DELETE = """
            DELETE FROM cohort WHERE id = ?""";

    private static final String SHRINK = """
            UPDATE cohort SET size = size - ? WHERE id = ?""";

    void write() throws SQLException {
        for (Formed cohort : formed.values()) {
            Long whole = replaced(cohort);
            if (whole == null) {
                put(INSERT, cohort, cohort.id);
            } else {
                put(REPLACE, cohort, whole);
                left.remove(cohort.place.batch);
            }
        }
        for (Map.Entry<LiveBatch, Map<Long, Integer>> batch : left.entrySet()) {
            for (Map.Entry<Long, Integer> cohort : batch.getValue().entrySet()) {
                leave(batch.getKey(), cohort.getKey(), cohort.getValue());
            }
        }
        forget();
    }

    /**
     * A cohort that went to its new place as one keeps its row, which is then written once and not removed and added:
     * the cohort that all of these came from, if no others did and nobody stayed; else null.
     */
    private Long replaced(Formed cohort) {
        LiveBatch batch = cohort.place.batch;
        Map<Long, Integer> from = left.getOrDefault(batch, Map.of());
        if (from.size() != 1 || cohort.place.was == null || !cohort.alone) {
            return null;
        }
        Long whole = from.keySet().iterator().next();
        if (batch.hasMembers(whole)) {
            return null;
        }
        batch.rename(cohort.id, whole);
        return whole;
    }

    private void put(String statement, Formed cohort, long id) throws SQLException {
        Place place = cohort.place;
        sql.update(
                statement,
                place.batch.seq,
                place.batch.queue,
                place.state,
                place.was,
                place.at,
                cohort.size,
                place.lane,
                place.rank,
                place.lane == null ? null : arrival(place.batch),
                place.deadline,
                place.expires,
                place.until,
                id);
    }

    private void leave(LiveBatch batch, long cohort, int scheduled) throws SQLException {
        if (!batch.hasMembers(cohort)) {
            sql.update(DELETE, cohort);
        } else if (scheduled > 0) {
            sql.update(SHRINK, scheduled, cohort);
        }
    }

    void forget() {
        formed.clear();
        firsts.clear();
        arrivals.clear();
        left.clear();
        latest = null;
    }

    /** The same for all of a batch that become ready at once: their order among each other is that of their indexes. */
    private Long arrival(LiveBatch batch) throws SQLException {
        Long arrival = arrivals.get(batch);
        if (arrival == null) {
            arrival = sequence.next();
            arrivals.put(batch, arrival);
        }
        return arrival;
    }
}
