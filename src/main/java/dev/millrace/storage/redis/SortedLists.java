package dev.millrace.storage.redis;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
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
        List<Task> tasks = new ArrayList<>();
        Instant scannedTo = null;
        int looked = 0;
        int step = filter.isCounted() ? Math.clamp(2L * limit, 64, STEP) : STEP;
        while (true) {
            List<Placed> slice = dueFrom(due, rank, step);
            Map<TaskRef, Task> found = read(filter.queue(), slice);
            for (int i = 0; i < slice.size(); i++) {
                Placed placed = slice.get(i);
                Task task = found.get(placed.ref());
                if (task != null && task.state() == TaskState.SCHEDULED && follows(placed, after)) {
                    looked++;
                    scannedTo = Instant.ofEpochMilli(placed.ms());
                    if (filter.matches(task)) {
                        tasks.add(task);
                    }
                }
                boolean last = i + 1 == slice.size() && slice.size() < step;
                if (!last && (tasks.size() == limit || looked >= TaskFilter.WALK)) {
                    return new Page(tasks, ListCursor.of(placed.ms(), placed.ref()), scannedTo);
                }
            }
            if (slice.size() < step) {
                return new Page(tasks, null, scannedTo);
            }
            rank += step;
        }
    }

    private Map<TaskRef, Task> read(String queue, List<Placed> slice) {
        return reader.read(queue, slice.stream().map(Placed::ref).toList(), false);
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
        List<Task> tasks = new ArrayList<>();
        Instant scannedTo = null;
        int step = filter.isCounted() ? limit : STEP;
        for (int from = 0; from < started.size(); from += step) {
            Map<TaskRef, TaskRecord> slice =
                    slice(started.subList(from, Math.min(started.size(), from + step)), records);
            Map<TaskRef, Task> found = reader.assemble(filter.queue(), slice, false);
            for (int i = from; i < from + slice.size(); i++) {
                Placed placed = started.get(i);
                Task task = found.get(placed.ref());
                scannedTo = Instant.ofEpochMilli(placed.ms());
                if (task != null && filter.matches(task)) {
                    tasks.add(task);
                }
                if (tasks.size() == limit && i + 1 < started.size()) {
                    return new Page(tasks, ListCursor.of(placed.ms(), placed.ref()), scannedTo);
                }
            }
        }
        return new Page(tasks, null, scannedTo);
    }

    private static Map<TaskRef, TaskRecord> slice(List<Placed> some, Map<TaskRef, TaskRecord> records) {
        Map<TaskRef, TaskRecord> slice = new LinkedHashMap<>();
        some.forEach(placed -> slice.put(placed.ref(), records.get(placed.ref())));
        return slice;
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
