package dev.millrace.storage.sqlite;

import dev.millrace.queue.Lanes;
import dev.millrace.storage.sqlite.Transaction.Held;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The ready tasks of a queue in the order in which they are leased: by rank, then arrival. Each lane has a line of its
 * own; those that are wanted are merged, so that nobody is scanned past.
 */
final class Line {
    private static final int LARGEST_PAGE = 16;

    private final Transaction tx;
    private final LiveQueue queue;
    private final long now;
    private final List<Long> following = new ArrayList<>();
    /** Read of a lane at first: what it gives if all give the same, and one more. */
    private int firstPage = LARGEST_PAGE;

    Line(Transaction tx, LiveQueue queue, long now) {
        this.tx = tx;
        this.queue = queue;
        this.now = now;
    }

    /** A cohort in the line. */
    private record Standing(long cohort, long batch, long rank, long arrival) {
        private static final Comparator<Standing> ORDER =
                Comparator.comparingLong(Standing::rank).thenComparingLong(Standing::arrival);

        /** Before all that may stand in a lane. */
        static Standing before(LiveQueue.Lane lane) {
            return new Standing(0, 0, lane.bestRank, Long.MIN_VALUE);
        }

        static Standing read(ResultSet row) throws SQLException {
            return new Standing(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }

        boolean together(Standing other) {
            return rank == other.rank && arrival == other.arrival;
        }
    }

    /** At most {@code max}, of the lanes wanted. Those that are too old to start are left standing. */
    List<Held> first(Lanes wanted, int max) throws SQLException {
        Collector collector = new Collector(max);
        List<LaneLine> lines = lines(wanted);
        firstPage = Math.min(LARGEST_PAGE, max / Math.max(1, lines.size()) + 2);
        merge(lines, collector);
        collector.close();
        lines.forEach(line -> line.page.forEach(standing -> following.add(standing.batch)));
        return collector.taken;
    }

    /** The batches that stand behind those last taken, as far as they were seen. */
    List<Long> following() {
        return following;
    }

    private List<LaneLine> lines(Lanes wanted) {
        List<LaneLine> lines = new ArrayList<>();
        switch (wanted) {
            case Lanes.AllTypes all ->
                queue.lanes.values().forEach(lane -> {
                    if (!lane.isDestination()) {
                        add(lines, lane, Integer.MAX_VALUE);
                    }
                });
            case Lanes.Types some -> some.types().forEach(type -> add(lines, queue.lanes.get(type), Integer.MAX_VALUE));
            case Lanes.Destinations open ->
                queue.lanes.values().forEach(lane -> {
                    if (lane.isDestination()) {
                        add(lines, lane, open.limit(lane.destination()));
                    }
                });
        }
        return lines;
    }

    private void add(List<LaneLine> lines, LiveQueue.Lane lane, int limit) {
        if (lane != null && lane.waiting > 0 && limit > 0) {
            lines.add(new LaneLine(lane, limit));
        }
    }

    private static void merge(List<LaneLine> lines, Collector collector) throws SQLException {
        PriorityQueue<LaneLine> heads = new PriorityQueue<>(Comparator.comparing(LaneLine::head, Standing.ORDER));
        heads.addAll(lines);
        boolean wanted = true;
        while (wanted && !heads.isEmpty()) {
            LaneLine line = heads.poll();
            if (line.looked) {
                wanted = collector.offer(line, line.page.poll());
            }
            if (line.left > 0 && line.more()) {
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
        private final LiveQueue.Lane lane;
        /** How many more tasks may be taken from it. */
        private int left;

        private final Deque<Standing> page = new ArrayDeque<>();
        private Standing last = new Standing(0, 0, Long.MIN_VALUE, Long.MIN_VALUE);
        private boolean looked;
        private boolean atEnd;

        private LaneLine(LiveQueue.Lane lane, int left) {
            this.lane = lane;
            this.left = left;
        }

        /** The first one, or what stands before it while nobody looked. */
        private Standing head() {
            return looked ? page.peek() : Standing.before(lane);
        }

        private boolean more() throws SQLException {
            if (page.isEmpty() && !atEnd) {
                int size = looked ? LARGEST_PAGE : firstPage;
                page.addAll(tx.sql.all(LANE, Standing::read, lane.number, last.rank, last.arrival, last.cohort, size));
                atEnd = page.size() < size;
                last = page.isEmpty() ? last : page.peekLast();
                if (!looked) {
                    lane.bestRank = page.isEmpty() ? Long.MAX_VALUE : page.peek().rank;
                    looked = true;
                }
            }
            return !page.isEmpty();
        }
    }

    /** A task and the line that it stands in. */
    private record Candidate(LaneLine line, Held task) {}

    /** Takes tasks from cohorts in order; those of one batch that stand at one place go by their indexes. */
    private final class Collector {
        private final int max;
        private final List<Held> taken = new ArrayList<>();
        private final List<Standing> together = new ArrayList<>();
        private final List<LaneLine> lines = new ArrayList<>();

        private Collector(int max) {
            this.max = max;
        }

        /** False when there are enough. */
        private boolean offer(LaneLine line, Standing next) throws SQLException {
            if (!together.isEmpty() && !together.getFirst().together(next)) {
                close();
            }
            together.add(next);
            lines.add(line);
            return taken.size() < max;
        }

        private void close() throws SQLException {
            if (taken.size() < max) {
                takeTogether();
            } else {
                together.forEach(standing -> following.add(standing.batch));
            }
            together.clear();
            lines.clear();
        }

        private void takeTogether() throws SQLException {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < together.size(); i++) {
                LiveBatch batch = tx.batches.ofSeq(together.get(i).batch);
                for (int index : batch.members(together.get(i).cohort)) {
                    candidates.add(new Candidate(lines.get(i), tx.hold(batch, index)));
                }
            }
            if (together.size() > 1) {
                candidates.sort(
                        Comparator.comparingInt(candidate -> candidate.task().index()));
            }
            candidates.forEach(this::take);
        }

        private void take(Candidate candidate) {
            long expires = candidate.task().record().expiresAt;
            if (taken.size() < max && candidate.line.left > 0 && (expires == TaskRecord.NONE || expires > now)) {
                taken.add(candidate.task());
                candidate.line.left--;
            }
        }
    }
}
