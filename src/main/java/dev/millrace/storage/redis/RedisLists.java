package dev.millrace.storage.redis;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.task.BatchId;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of lists that are streams: all by creation, the ready by line, the ended by end. An entry is a pointer; one that
 * does not fit its task's record any more is passed over.
 */
final class RedisLists {
    /** Tasks come into the store a little after their creation; the time that a page starts at is taken this much later. */
    private static final long SLACK_MILLIS = 10_000;

    /** Pointers followed at once, at most. */
    private static final int STEP = 4_096;

    /** What is held of batches at once, in bytes; of one batch at least, and beside those that are known already. */
    static final long BATCH_BYTES = 8L << 20;

    /** Tasks put together at once, at most: errors, results and edited payloads lie beside them. */
    static final int TOGETHER = 128;

    private final RedisBase base;
    private final TaskReader reader;
    private final DueList due;
    private final RunningList running;

    RedisLists(RedisBase base, TaskReader reader) {
        this.base = base;
        this.reader = reader;
        this.due = new DueList(base, reader);
        this.running = new RunningList(base, reader);
    }

    Page list(TaskFilter filter, String cursor, int limit) {
        if (filter.state() == TaskState.SCHEDULED) {
            return due.list(filter, cursor, limit);
        }
        if (filter.state() == TaskState.RUNNING) {
            return running.list(filter, cursor, limit);
        }
        return new Walk(filter, cursor, limit).page();
    }

    private List<byte[]> streams(TaskFilter filter) {
        QueueKeys keys = base.queue(filter.queue());
        if (filter.state() == null) {
            return List.of(keys.named("new"));
        }
        if (filter.state() == TaskState.READY) {
            List<byte[]> lines = new ArrayList<>();
            base.link()
                    .ask(Request.cmd(Command.HKEYS).arg(keys.named("heads")))
                    .forEach(line -> lines.add(keys.named("w:" + line)));
            return lines;
        }
        int state = filter.state().code();
        return state < TaskState.SUCCEEDED.code()
                ? List.of()
                : List.of(keys.named("in:" + state), keys.named("ik:" + state));
    }

    private static boolean fits(TaskState state, StreamWalk.Entry entry, TaskRecord record) {
        return record != null
                && (state == null
                        || record.state() == state
                                && record.seq() == entry.seq()
                                && (state == TaskState.READY ? record.at() : record.until()) == entry.ms());
    }

    /** A task that an entry names; the index counts within the entry. */
    private record Pointer(StreamWalk.Entry entry, int index, TaskRef ref) {}

    /** One page while it is gathered. */
    private final class Walk {
        private final TaskFilter filter;
        private final int limit;
        private final StreamWalk.Position from;
        private final long createdUntil;
        private final StreamWalk walk;
        private final Deque<Pointer> ahead = new ArrayDeque<>();
        private final List<Task> tasks = new ArrayList<>();
        private final Sieve sieve;
        private int sliceSize;
        private int looked;
        private Pointer last;
        private StoredBatch batchOfLast;

        private Walk(TaskFilter filter, String cursor, int limit) {
            this.filter = filter;
            this.limit = limit;
            StreamWalk.Position position = ListCursor.position(cursor);
            boolean byTime = filter.state() == null && ListCursor.isTime(cursor);
            this.createdUntil = byTime ? position.ms() : Long.MAX_VALUE;
            this.from = earlier(byTime ? afterSlack(position.ms()) : position, before(filter));
            this.sieve = new Sieve(filter, createdUntil);
            this.sliceSize = StreamWalk.first(filter, limit);
            this.walk = new StreamWalk(base.link(), streams(filter), from, sliceSize);
        }

        private static StreamWalk.Position before(TaskFilter filter) {
            return filter.state() != null || filter.createdBefore() == null
                    ? null
                    : afterSlack(filter.createdBefore().toEpochMilli());
        }

        private static StreamWalk.Position afterSlack(long millis) {
            return new StreamWalk.Position(millis + SLACK_MILLIS, Long.MAX_VALUE, Integer.MAX_VALUE);
        }

        /** The one further down the list; null stands for its start. */
        private static StreamWalk.Position earlier(StreamWalk.Position a, StreamWalk.Position b) {
            if (a == null || b == null) {
                return a == null ? b : a;
            }
            return a.compareTo(b) > 0 ? a : b;
        }

        private Page page() {
            while (true) {
                List<Pointer> slice = slice();
                if (slice.isEmpty()) {
                    return new Page(tasks, null, scannedTo());
                }
                Map<Pointer, Optional<Task>> there = read(slice);
                for (int i = 0; i < slice.size(); i++) {
                    look(slice.get(i), there.get(slice.get(i)));
                    if (tasks.size() == limit || looked >= TaskFilter.WALK) {
                        Pointer next = i + 1 < slice.size() ? slice.get(i + 1) : peek();
                        String cursor =
                                next == null ? null : ListCursor.of(next.entry().at(next.index()));
                        return new Page(tasks, cursor, scannedTo());
                    }
                }
            }
        }

        /**
         * @param task null where there is none, empty for one that the filter leaves out
         */
        private void look(Pointer pointer, Optional<Task> task) {
            if (task != null) {
                looked++;
                last = pointer;
                batchOfLast = sieve.batch(pointer.ref());
                task.ifPresent(tasks::add);
            }
        }

        private Instant scannedTo() {
            if (last == null) {
                return null;
            }
            return filter.state() == null
                    ? batchOfLast.spec(last.ref().index()).origin().createdAt()
                    : Instant.ofEpochMilli(last.entry().ms());
        }

        /**
         * By pointer: two may name the same task, of which one fits at most. Only those that the filter may let through are
         * put together. Leaves those in the slice that it came to before their batches were too much to hold.
         */
        private Map<Pointer, Optional<Task>> read(List<Pointer> slice) {
            Map<TaskRef, TaskRecord> records = reader.records(filter.queue(), refs(slice));
            List<Pointer> fitting = slice.stream()
                    .filter(pointer -> fits(filter.state(), pointer.entry(), records.get(pointer.ref())))
                    .toList();
            Map<BatchId, StoredBatch> batches = reader.blobs(filter.queue(), refs(fitting), BATCH_BYTES);
            sieve.know(batches);
            int room = filter.looksAtContent() ? Integer.MAX_VALUE : limit - tasks.size();
            Map<Pointer, Optional<Task>> there = new HashMap<>();
            List<Pointer> wanted = new ArrayList<>();
            for (Pointer pointer : fitting) {
                if (!batches.containsKey(pointer.ref().batch())) {
                    putBack(slice, pointer);
                    break;
                }
                if (sieve.batch(pointer.ref()) != null) {
                    there.put(pointer, Optional.empty());
                    if (wanted.size() < room && sieve.mayPass(pointer.ref(), records.get(pointer.ref()))) {
                        wanted.add(pointer);
                    }
                }
            }
            assemble(wanted, records, batches, there);
            return there;
        }

        private static List<TaskRef> refs(List<Pointer> pointers) {
            return pointers.stream().map(Pointer::ref).toList();
        }

        /** Of this pointer and those after it the next slice is made, and it is no longer than this one. */
        private void putBack(List<Pointer> slice, Pointer from) {
            List<Pointer> rest = slice.subList(slice.indexOf(from), slice.size());
            rest.reversed().forEach(ahead::addFirst);
            rest.clear();
            sliceSize = Math.max(StreamWalk.FEWEST, slice.size());
        }

        /** No more than the page has room for. */
        private void assemble(
                List<Pointer> wanted,
                Map<TaskRef, TaskRecord> records,
                Map<BatchId, StoredBatch> batches,
                Map<Pointer, Optional<Task>> there) {
            int room = limit - tasks.size();
            for (int from = 0; from < wanted.size() && room > 0; from += TOGETHER) {
                List<Pointer> some = wanted.subList(from, Math.min(wanted.size(), from + TOGETHER));
                Map<TaskRef, TaskRecord> asked = new LinkedHashMap<>();
                some.forEach(pointer -> asked.put(pointer.ref(), records.get(pointer.ref())));
                Map<TaskRef, Task> read = reader.assemble(filter.queue(), asked, batches, false);
                for (Pointer pointer : some) {
                    Optional<Task> task =
                            Optional.ofNullable(read.get(pointer.ref())).filter(filter::matches);
                    if (room > 0 && task.isPresent()) {
                        there.put(pointer, task);
                        room--;
                    }
                }
            }
        }

        private List<Pointer> slice() {
            List<Pointer> slice = new ArrayList<>();
            while (slice.size() < sliceSize && peek() != null) {
                slice.add(ahead.poll());
            }
            sliceSize = Math.min(2 * sliceSize, STEP);
            return slice;
        }

        /** What comes next; null at the end. */
        private Pointer peek() {
            while (ahead.isEmpty()) {
                StreamWalk.Entry entry = walk.next();
                if (entry == null || tooOld(entry)) {
                    return null;
                }
                spread(entry);
            }
            return ahead.peek();
        }

        /** Nothing from here on was created late enough. */
        private boolean tooOld(StreamWalk.Entry entry) {
            return filter.createdAfter() != null
                    && entry.ms() < filter.createdAfter().toEpochMilli();
        }

        /**
         * An entry of the list by creation tells the number of its tasks and when the first of them was created. Others
         * name a task twice that came to the state twice within one call, by a cancel, a retry and another cancel.
         */
        private void spread(StreamWalk.Entry entry) {
            boolean creation = filter.state() == null;
            if (creation && createdTooLate(entry)) {
                return;
            }
            int last = (creation ? entry.indexes()[0] & 0xFF : entry.indexes().length) - 1;
            if (from != null && entry.ms() == from.ms() && entry.seq() == from.seq()) {
                last = Math.min(last, from.index());
            }
            boolean[] named = new boolean[256];
            for (int i = creation ? last : entry.indexes().length - 1; i >= 0; i--) {
                int index = creation ? i : entry.indexes()[i] & 0xFF;
                if (i <= last && !named[index]) {
                    ahead.add(new Pointer(entry, i, new TaskRef(entry.batch(), index)));
                }
                named[index] = true;
            }
        }

        private boolean createdTooLate(StreamWalk.Entry entry) {
            ByteReader in = new ByteReader(entry.indexes());
            in.position(1);
            long first = in.u48();
            return first > createdUntil
                    || filter.createdBefore() != null
                            && first >= filter.createdBefore().toEpochMilli();
        }
    }
}
