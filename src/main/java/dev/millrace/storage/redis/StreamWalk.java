package dev.millrace.storage.redis;

import dev.millrace.queue.TaskFilter;
import dev.millrace.task.BatchId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Walks several streams of one queue as one, newest entry first: their ids come from one sequence. */
final class StreamWalk {
    /** Entries read at first, at least. */
    static final int FEWEST = 64;

    /** The same where every task of the list is one of the page. */
    private static final int FEWEST_COUNTED = 8;

    private static final int MOST_AT_FIRST = 512;
    private static final int LARGEST_CHUNK = 2_048;

    private final RedisLink link;
    private final List<Source> sources = new ArrayList<>();

    /**
     * @param first entries to read at once at first: as many as will surely do, since one may name one task or a hundred
     */
    StreamWalk(RedisLink link, List<byte[]> streams, Position from, int first) {
        this.link = link;
        String start = from == null ? "+" : from.ms() + "-" + from.seq();
        streams.forEach(stream -> sources.add(new Source(stream, start, first)));
    }

    /** How many entries to begin with for a page of so many tasks. */
    static int first(TaskFilter filter, int limit) {
        return Math.clamp(2L * limit, filter.isCounted() ? FEWEST_COUNTED : FEWEST, MOST_AT_FIRST);
    }

    /**
     * A place in the lists.
     *
     * @param index the first task of the entry, from its end, that was not looked at yet
     */
    record Position(long ms, long seq, int index) implements Comparable<Position> {
        /** Newest first. */
        @Override
        public int compareTo(Position other) {
            return Comparator.comparingLong(Position::ms)
                    .thenComparingLong(Position::seq)
                    .compare(other, this);
        }
    }

    /** An entry: where it stands, and the tasks that it names, in the order in which they came. */
    record Entry(long ms, long seq, BatchId batch, byte[] indexes) {
        static Entry of(Response entry) {
            String id = entry.get(0).toString();
            int dash = id.indexOf('-');
            byte[] refs = entry.get(1).get(1).toBytes();
            return new Entry(
                    Long.parseLong(id.substring(0, dash)),
                    Long.parseLong(id.substring(dash + 1)),
                    BatchId.ofBytes(Arrays.copyOf(refs, 16)),
                    Arrays.copyOfRange(refs, 16, refs.length));
        }

        Position at(int index) {
            return new Position(ms, seq, index);
        }
    }

    /** Null at the end. */
    Entry next() {
        fill();
        Source first = null;
        for (Source source : sources) {
            if (!source.read.isEmpty()
                    && (first == null
                            || source.read
                                            .peek()
                                            .at(0)
                                            .compareTo(first.read.peek().at(0))
                                    < 0)) {
                first = source;
            }
        }
        return first == null ? null : first.read.poll();
    }

    private void fill() {
        List<Source> empty = sources.stream()
                .filter(source -> source.read.isEmpty() && !source.over)
                .toList();
        if (empty.isEmpty()) {
            return;
        }
        List<Response> answers = link.askAll(empty.stream()
                .map(source -> Request.cmd(Command.XREVRANGE)
                        .arg(source.stream)
                        .arg(source.from)
                        .arg("-")
                        .arg("COUNT")
                        .arg(source.chunk))
                .toList());
        for (int i = 0; i < empty.size(); i++) {
            Source source = empty.get(i);
            answers.get(i).forEach(entry -> source.read.add(Entry.of(entry)));
            source.over = answers.get(i).size() < source.chunk;
            source.chunk = Math.min(2 * source.chunk, LARGEST_CHUNK);
            if (!source.over) {
                Entry last = source.read.peekLast();
                source.from = "(" + last.ms() + "-" + last.seq();
            }
        }
    }

    private static final class Source {
        private final byte[] stream;
        private final Deque<Entry> read = new ArrayDeque<>();
        private String from;
        private int chunk;
        private boolean over;

        private Source(byte[] stream, String from, int chunk) {
            this.stream = stream;
            this.from = from;
            this.chunk = chunk;
        }
    }
}
