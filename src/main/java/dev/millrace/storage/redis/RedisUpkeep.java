package dev.millrace.storage.redis;

import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.task.ErrorShape;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What has to happen by time alone: promoting, expiring, reclaiming, pruning. */
final class RedisUpkeep {
    private static final byte[] POISON_SHAPE = RedisKeys.bytes(ErrorShape.of("", TaskError.POISON));
    private static final int SLICE = 500;
    private static final long REAP_EVERY_MILLIS = 60_000;
    private static final long IDLE_MILLIS = 3_600_000;
    private static final int REAPED = 50;

    private final RedisBase base;
    private final NameDirectory directory;
    private final Recount recount;
    private final Map<String, Long> reaped = new ConcurrentHashMap<>();
    private final Map<String, Long> recounted = new ConcurrentHashMap<>();

    RedisUpkeep(RedisBase base) {
        this.base = base;
        this.directory = new NameDirectory(base);
        this.recount = new Recount(base);
    }

    int tidy(String queue, int limit, Instant now) {
        int expired = run(Scripts.EXPIRE, queue, limit, now);
        int reclaimed = run(Scripts.RECLAIM, queue, limit, now);
        return expired + reclaimed + run(Scripts.PROMOTE, queue, limit, now);
    }

    /** Slices until about {@code limit} moved or there was nothing left to look at. */
    private int run(LuaScript script, String queue, int limit, Instant now) {
        int moved = 0;
        int slice;
        Response answer;
        do {
            slice = Math.min(SLICE, limit - moved);
            QueueCall call = new QueueCall(base, queue, now).arg(slice);
            if (script == Scripts.RECLAIM) {
                call.arg(RetryPolicy.MAX_CRASHES)
                        .arg(SideData.error(TaskError.POISON))
                        .arg(POISON_SHAPE);
            }
            answer = call.ask(script);
            moved += answer.get(0).toInteger();
        } while (moved < limit && answer.get(1).toInteger() >= slice);
        return moved;
    }

    int prune(String queue, int limit, Instant now) {
        Retention retention = config(queue).retention().over(base.usual());
        int removed = 0;
        int slice;
        Response answer;
        do {
            slice = Math.min(SLICE, limit - removed);
            QueueCall call = new QueueCall(base, queue, now).arg(slice);
            Retention.STATES.forEach(state -> bounds(call, retention.of(state), now));
            answer = call.ask(Scripts.PRUNE);
            removed += answer.get(0).toInteger();
        } while (removed < limit && answer.get(1).toInteger() >= slice);
        if (answer.get(2).toInteger() == 1 && isTime(recounted, queue, now)) {
            recount.run(queue, now);
        }
        removed += forget(queue, limit, now, retention);
        reap(queue, now);
        return removed;
    }

    private static void bounds(QueueCall call, Kept kept, Instant now) {
        call.arg(now.minus(kept.age()).toEpochMilli())
                .arg(kept.count() == null ? Long.MAX_VALUE : kept.count())
                .arg(kept.bytes() == null ? Long.MAX_VALUE : kept.bytes());
    }

    private QueueConfig config(String queue) {
        Response settings = base.link()
                .ask(Request.cmd(Command.HGETALL).arg(base.queue(queue).named("cfg")));
        base.memory().learn(queue, Hashes.strings(settings));
        return QueueConfigs.read(settings);
    }

    private int forget(String queue, int limit, Instant now, Retention retention) {
        long before = now.minus(retention.dedupe()).toEpochMilli();
        Response answer = new QueueCall(base, queue, now)
                .arg(Math.max(0, before))
                .arg(Math.min(SLICE, limit))
                .ask(Scripts.FORGET);
        int number = base.numbers().find(queue).orElse(-1);
        for (int i = 1; i < answer.size(); i++) {
            directory.undirect(new TaskId(answer.get(i).toString()), number, now.toEpochMilli() - REAP_EVERY_MILLIS);
        }
        return answer.get(0).toInteger();
    }

    /** Once a minute, for what costs more than the rest. */
    private static boolean isTime(Map<String, Long> done, String queue, Instant now) {
        long millis = now.toEpochMilli();
        if (Math.abs(millis - done.getOrDefault(queue, 0L)) < REAP_EVERY_MILLIS) {
            return false;
        }
        done.put(queue, millis);
        return true;
    }

    /** Streams that nobody needs any more, and consumers that have long been gone, some at a time. */
    private void reap(String queue, Instant now) {
        if (!isTime(reaped, queue, now)) {
            return;
        }
        Response lines = base.link()
                .ask(Request.cmd(Command.SRANDMEMBER)
                        .arg(base.queue(queue).named("streams"))
                        .arg(REAPED));
        QueueCall call = new QueueCall(base, queue, now).arg(IDLE_MILLIS);
        lines.forEach(line -> call.key(base.queue(queue).named("w:" + line)).arg(line.toBytes()));
        call.ask(Scripts.REAP);
    }
}
