package dev.millrace.storage.sqlite;

import dev.millrace.storage.sqlite.Transaction.Held;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The ready tasks of a queue in the order in which they are leased: by rank, then arrival. Each lane has a line of its
 * own; those of the types that are wanted are merged, so that nobody is scanned past.
 */
final class Line {
    private static final int LANE_PAGE = 16;

    private final Transaction tx;
    private final LiveQueue queue;
    private final long now;

    Line(Transaction tx, LiveQueue queue, long now) {
        this.tx = tx;
        this.queue = queue;
        this.now = now;
    }

    /** A cohort in the line. */
    private record Standing(long cohort, long batch, long rank, long arrival) {
        private static final Comparator<Standing> ORDER =
                Comparator.comparingLong(Standing::rank).thenComparingLong(Standing::arrival);

        static Standing read(ResultSet row) throws SQLException {
            return new Standing(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }

        boolean together(Standing other) {
            return rank == other.rank && arrival == other.arrival;
        }
    }

    /** At most {@code max}, of all types if none is named. Those that are too old to start are left standing. */
    List<Held> first(Set<String> types, int max) throws SQLException {
        Collector collector = new Collector(max);
        merge(lanes(types), collector);
        collector.close();
        return collector.taken;
    }

    private List<LiveQueue.Lane> lanes(Set<String> types) {
        Collection<LiveQueue.Lane> candidates = types.isEmpty()
                ? queue.lanes.values()
                : types.stream().map(queue.lanes::get).toList();
        List<LiveQueue.Lane> lanes = new ArrayList<>();
        for (LiveQueue.Lane lane : candidates) {
            if (lane != null && lane.waiting > 0) {
                lanes.add(lane);
            }
        }
        return lanes;
    }

    private void merge(List<LiveQueue.Lane> lanes, Collector collector) throws SQLException {
        PriorityQueue<LaneLine> heads =
                new PriorityQueue<>(Comparator.comparing((LaneLine line) -> line.page.peek(), Standing.ORDER));
        for (LiveQueue.Lane lane : lanes) {
            LaneLine line = new LaneLine(lane.number);
            if (line.more()) {
                heads.add(line);
            }
        }
        boolean wanted = true;
        while (wanted && !heads.isEmpty()) {
            LaneLine line = heads.poll();
            wanted = collector.offer(line.page.poll());
            if (line.more()) {
                heads.add(line);
            }
        }
    }

    private static final String LANE = """
            SELECT id, batch, rank, arrival FROM cohort
             WHERE lane = ? AND state = 1 AND (rank, arrival, id) > (?, ?, ?)
             ORDER BY rank, arrival, id LIMIT ?""";

    /** One lane's line, read page by page. */
    private final class LaneLine {
        private final long lane;
        private final Deque<Standing> page = new ArrayDeque<>();
        private Standing last = new Standing(0, 0, Long.MIN_VALUE, Long.MIN_VALUE);
        private boolean atEnd;

        private LaneLine(long lane) {
            this.lane = lane;
        }

        private boolean more() throws SQLException {
            if (page.isEmpty() && !atEnd) {
                page.addAll(tx.sql.all(LANE, Standing::read, lane, last.rank, last.arrival, last.cohort, LANE_PAGE));
                atEnd = page.size() < LANE_PAGE;
                last = page.isEmpty() ? last : page.peekLast();
            }
            return !page.isEmpty();
        }
    }

    /** Takes tasks from cohorts in order; those of one batch that stand at one place go by their indexes. */
    private final class Collector {
        private final int max;
        private final List<Held> taken = new ArrayList<>();
        private final List<Standing> together = new ArrayList<>();

        private Collector(int max) {
            this.max = max;
        }

        /** False when there are enough. */
        private boolean offer(Standing next) throws SQLException {
            if (!together.isEmpty() && !together.getFirst().together(next)) {
                close();
            }
            together.add(next);
            return taken.size() < max;
        }

        private void close() throws SQLException {
            List<Held> held = new ArrayList<>();
            for (Standing standing : together) {
                LiveBatch batch = tx.batches.ofSeq(standing.batch);
                for (int index : batch.members(standing.cohort)) {
                    held.add(tx.hold(batch, index));
                }
            }
            if (together.size() > 1) {
                held.sort(Comparator.comparingInt(Held::index));
            }
            for (Held task : held) {
                long expires = task.record().expiresAt;
                if (taken.size() < max && (expires == TaskRecord.NONE || expires > now)) {
                    taken.add(task);
                }
            }
            together.clear();
        }
    }
}
