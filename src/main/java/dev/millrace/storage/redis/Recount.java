package dev.millrace.storage.redis;

import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;

/**
 * Counts the bytes of a queue's cancelled and expired tasks again after nodes that do not know these counters were at work:
 * in slices, while the queue is used.
 */
final class Recount {
    private static final int ENTRIES = 100;

    /** In the order in which recounted.lua has them. */
    private static final List<String> BEFORE = List.of(
            "old", "out", "in", "" + TaskState.CANCELLED.code(), "" + TaskState.EXPIRED.code(), "ms", "seq", "c", "x");

    private static final int MS = BEFORE.indexOf("ms");
    private static final int SEQ = BEFORE.indexOf("seq");

    private final RedisBase base;

    Recount(RedisBase base) {
        this.base = base;
    }

    /** False when something came in between, so that it has to be done again. */
    boolean run(String queue, Instant now) {
        Request read = Request.cmd(Command.HMGET).arg(base.queue(queue).named("n"));
        BEFORE.forEach(read::arg);
        Response before = base.link().ask(read);
        if (before.get(SEQ) == null) {
            return true;
        }
        String last = before.get(MS).toLong() + "-" + before.get(SEQ).toLong();
        QueueCall call = new QueueCall(base, queue, now)
                .arg(bytes(queue, TaskState.CANCELLED, last, now))
                .arg(bytes(queue, TaskState.EXPIRED, last, now));
        before.forEach(value -> call.arg(value == null ? new byte[0] : value.toBytes()));
        return call.ask(Scripts.RECOUNTED).toInteger() == 1;
    }

    private long bytes(String queue, TaskState state, String last, Instant now) {
        return bytes(queue, state, "in", last, now) + bytes(queue, state, "ik", last, now);
    }

    private long bytes(String queue, TaskState state, String list, String last, Instant now) {
        long bytes = 0;
        String from = "-";
        Response slice;
        do {
            slice = new QueueCall(base, queue, now)
                    .arg(state.code())
                    .arg(RedisKeys.bytes(list))
                    .arg(RedisKeys.bytes(from))
                    .arg(RedisKeys.bytes(last))
                    .arg(ENTRIES)
                    .ask(Scripts.RECOUNT);
            from = "(" + slice.get(1);
            bytes += slice.get(2).toLong();
        } while (slice.get(0).toInteger() == ENTRIES);
        return bytes;
    }
}
