package dev.millrace.storage.redis;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.redis.SortedPage.Placed;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pages of the scheduled tasks, next due first. */
final class DueList {
    private static final int STEP = 512;

    private final RedisBase base;
    private final TaskReader reader;

    DueList(RedisBase base, TaskReader reader) {
        this.base = base;
        this.reader = reader;
    }

    Page list(TaskFilter filter, String cursor, int limit) {
        byte[] due = base.queue(filter.queue()).named("due");
        ListCursor.After after = ListCursor.after(cursor);
        long rank = after == null ? 0 : rank(due, after);
        SortedPage found = new SortedPage(reader, filter, limit);
        int step = filter.isCounted() ? Math.clamp(2L * limit, 64, STEP) : STEP;
        while (true) {
            List<Placed> slice = dueFrom(due, rank, step);
            boolean end = slice.size() < step;
            Map<TaskRef, TaskRecord> records = reader.records(filter.queue(), SortedPage.refs(slice));
            records.values().removeIf(record -> record.state() != TaskState.SCHEDULED);
            slice.removeIf(placed -> !records.containsKey(placed.ref()) || !follows(placed, after));
            Page page = found.look(slice, records, end);
            if (page != null || end) {
                return page != null ? page : found.last();
            }
            rank += step;
        }
    }

    /** Members with the same score stand in the order of their bytes. */
    private static boolean follows(Placed placed, ListCursor.After after) {
        return after == null
                || after.task() == null
                || placed.ms() > after.ms()
                || placed.ref().compareTo(after.task()) > 0;
    }

    private long rank(byte[] due, ListCursor.After after) {
        if (after.task() != null) {
            byte[] task = after.task().bytes();
            List<Response> place = base.link()
                    .askAll(List.of(
                            Request.cmd(Command.ZRANK).arg(due).arg(task),
                            Request.cmd(Command.ZSCORE).arg(due).arg(task)));
            Response rank = place.get(0);
            Response score = place.get(1);
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
}
