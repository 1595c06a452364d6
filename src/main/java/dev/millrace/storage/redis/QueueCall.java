package dev.millrace.storage.redis;

import dev.millrace.task.BatchId;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A call of one of a queue's scripts while it is put together. */
final class QueueCall {
    private static final String LATE = "LATE ";

    private final RedisBase base;
    private final List<byte[]> keys;
    private final List<byte[]> args = new ArrayList<>();

    QueueCall(RedisBase base, String queue, Instant now) {
        QueueKeys queueKeys = base.queue(queue);
        this.base = base;
        this.keys = queueKeys.scriptKeys(now);
        arg(RedisKeys.bytes(now.toEpochMilli() + " " + givenUpAt()))
                .arg(base.channel())
                .arg(RedisKeys.bytes(queue));
    }

    /** Declares the keys of a batch that the arguments name. */
    QueueCall batch(QueueKeys queue, BatchId batch) {
        return key(queue.page(batch)).key(queue.side(batch)).key(queue.blob(batch));
    }

    QueueCall key(byte[] key) {
        keys.add(key);
        return this;
    }

    QueueCall arg(byte[] arg) {
        args.add(arg);
        return this;
    }

    QueueCall arg(long arg) {
        return arg(RedisKeys.bytes(Long.toString(arg)));
    }

    CompletableFuture<Response> run(LuaScript script, RedisLink.Line line) {
        return script.run(line, keys, args).whenComplete((answer, error) -> {
            if (error != null && String.valueOf(error.getMessage()).contains(LATE)) {
                base.clock().synchronizeLater();
            }
        });
    }

    CompletableFuture<Response> run(LuaScript script) {
        return run(script, base.link().line());
    }

    /**
     * By Redis's clock. A script that Redis comes to only after that does nothing, so that what was reported as not
     * answered does not happen behind the caller's back, when it may have been sent again.
     */
    private long givenUpAt() {
        return base.clock().instant().plus(base.link().timeout()).toEpochMilli();
    }

    Response ask(LuaScript script) {
        return base.link().await(run(script));
    }
}
