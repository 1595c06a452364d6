package dev.millrace.storage.redis;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.task.BatchId;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pages of the scheduled tasks, next due first, and of the running ones, last started first. */
final class SortedLists {
    private static final int STEP = 512;

    private final RedisBase base;
    private final TaskReader reader;

    SortedLists(RedisBase base, TaskReader reader) {
        this.base = base;
        this.reader = reader;
    }

    private record Placed(TaskRef ref, long ms) {}

    Page scheduled(TaskFilter filter, String cursor, int limit) {
        byte[] due = base.queue(filter.queue()).named("due");
        ListCursor.After after = ListCursor.after(cursor);
        long rank = after == null ? 0 : rank(due, after);
        Found found = new Found(filter, limit);
        int step = filter.isCounted() ? Math.clamp(2L * limit, 64, STEP) : STEP;
        while (true) {
            List<Placed> slice = dueFrom(due, rank, step);
            boolean end = slice.size() < step;
            Map<TaskRef, TaskRecord> records = reader.records(filter.queue(), refs(slice));
            records.values().removeIf(record -> record.state() != TaskState.SCHEDULED);
            slice.removeIf(placed -> !records.containsKey(placed.ref()) || !follows(placed, after));
            Page page = found.look(slice, records, end);
            if (page != null || end) {
                return page != null ? page : found.lastPage();
            }
            rank += step;
        }
    }

    private static List<TaskRef> refs(List<Placed> some) {
        return some.stream().map(Placed::ref).toList();
    }

    /** A page while it is put together. */
    private final class Found {
        private final TaskFilter filter;
        private final int limit;
        private final List<Task> tasks = new ArrayList<>();
        private Instant scannedTo;
        private int looked;

        private Found(TaskFilter filter, int limit) {
            this.filter = filter;
            this.limit = limit;
        }

        /**
         * Reads so many bytes of batches, and of so many tasks, at once.
         *
         * @param end whether nothing comes after these
         * @return the page, once it is full or enough was looked at; null before
         */
        private Page look(List<Placed> some, Map<TaskRef, TaskRecord> records, boolean end) {
            for (int from = 0; from < some.size(); ) {
                List<Placed> next = some.subList(from, Math.min(some.size(), from + together()));
                Map<BatchId, StoredBatch> batches = reader.blobs(filter.queue(), refs(next), RedisLists.BATCH_BYTES);
                Map<TaskRef, TaskRecord> held = new LinkedHashMap<>();
                next.stream()
                        .takeWhile(placed -> batches.containsKey(placed.ref().batch()))
                        .forEach(placed -> held.put(placed.ref(), records.get(placed.ref())));
                Map<TaskRef, Task> read = reader.assemble(filter.queue(), held, batches, false);
                for (Placed placed : next.subList(0, held.size())) {
                    from++;
                    take(placed, read.get(placed.ref()));
                    if (isEnough() && !(end && from == some.size())) {
                        return new Page(tasks, ListCursor.of(placed.ms(), placed.ref()), scannedTo);
                    }
                }
            }
            return null;
        }

        private int together() {
            return filter.isCounted() ? Math.min(limit, RedisLists.TOGETHER) : RedisLists.TOGETHER;
        }

        /**
         * @param task null where there is none any more
         */
        private void take(Placed placed, Task task) {
            scannedTo = Instant.ofEpochMilli(placed.ms());
            if (task != null) {
                looked++;
                if (filter.matches(task)) {
                    tasks.add(task);
                }
            }
        }

        private boolean isEnough() {
            return tasks.size() == limit || looked >= TaskFilter.WALK;
        }

        private Page lastPage() {
            return new Page(tasks, null, scannedTo);
        }
    }

    /** Members with the same score stand in the order of their bytes. */
    private static boolean follows(Placed placed, ListCursor.After after) {
        return after == null
                || after.task() == null
                || placed.ms() > after.ms()
                || Arrays.compareUnsigned(placed.ref().bytes(), after.task().bytes()) > 0;
    }

    private long rank(byte[] due, ListCursor.After after) {
        if (after.task() != null) {
            Response rank = base.link()
                    .ask(Request.cmd(Command.ZRANK).arg(due).arg(after.task().bytes()));
            Response score = base.link()
                    .ask(Request.cmd(Command.ZSCORE).arg(due).arg(after.task().bytes()));
            if (rank != null && score != null && score.toDouble().longValue() == after.ms()) {
                return rank.toLong() + 1;
            }
        }
        return base.link()
                .ask(Request.cmd(Command.ZCOUNT).arg(due).arg("-inf").arg("(" + after.ms()))
                .toLong();
    }

    private List<Placed> dueFrom(byte[] due, long rank, int count) {
        Response members = base.link()
                .ask(Request.cmd(Command.ZRANGE)
                        .arg(due)
                        .arg(rank)
                        .arg(rank + count - 1)
                        .arg("WITHSCORES"));
        List<Placed> placed = new ArrayList<>();
        Hashes.scored(members)
                .forEach((member, score) ->
                        placed.add(new Placed(TaskRef.ofBytes(member.toBytes(), 0), score.longValue())));
        return placed;
    }

    /** Of at most {@link TaskFilter#WALK} running tasks, those whose leases end first. */
    Page running(TaskFilter filter, String cursor, int limit) {
        ListCursor.After after = ListCursor.after(cursor);
        Map<TaskRef, TaskRecord> records = reader.records(filter.queue(), leased(filter.queue()));
        List<Placed> started = records.entrySet().stream()
                .filter(e -> e.getValue().state() == TaskState.RUNNING)
                .map(e -> new Placed(e.getKey(), e.getValue().started()))
                .filter(placed -> startedBefore(placed, after))
                .sorted(Comparator.comparingLong(Placed::ms)
                        .thenComparing(placed -> placed.ref().bytes(), Arrays::compareUnsigned)
                        .reversed())
                .toList();
        Found found = new Found(filter, limit);
        Page page = found.look(started, records, true);
        return page != null ? page : found.lastPage();
    }

    private static boolean startedBefore(Placed placed, ListCursor.After after) {
        if (after == null || placed.ms() < after.ms()) {
            return true;
        }
        return placed.ms() == after.ms()
                && (after.task() == null
                        || Arrays.compareUnsigned(
                                        placed.ref().bytes(), after.task().bytes())
                                < 0);
    }

    private Set<TaskRef> leased(String queue) {
        Response members = base.link()
                .ask(Request.cmd(Command.ZRANGE)
                        .arg(base.queue(queue).named("lease"))
                        .arg(0)
                        .arg(TaskFilter.WALK - 1));
        Set<TaskRef> refs = new LinkedHashSet<>();
        for (Response member : members) {
            byte[] packed = member.toBytes();
            int at = 0;
            while (at < packed.length && refs.size() < TaskFilter.WALK) {
                TaskRef first = TaskRef.ofBytes(packed, at);
                int count = packed[at + 16] & 0xFF;
                for (int i = 1; i <= count; i++) {
                    refs.add(new TaskRef(first.batch(), packed[at + 16 + i] & 0xFF));
                }
                at += TaskRef.LENGTH + count;
            }
        }
        return refs;
    }
}
