package dev.millrace.storage.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Notices within five seconds when Redis was emptied or holds another data set: the identity is not there, or another.
 * What this node knows is written again, so that ids and tokens given before keep their meaning. Also keeps the clock.
 */
final class StoreWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StoreWatch.class);
    private static final long EVERY_SECONDS = 2;
    private static final int CLOCK_ROUNDS = 5;

    private final RedisBase base;
    private final RedisClock clock;
    private final byte[] secret;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redis-watch").factory());
    private volatile String id;
    private volatile boolean changed;
    private int round;

    StoreWatch(RedisBase base, RedisClock clock, StoreIdentity identity) {
        this.base = base;
        this.clock = clock;
        this.id = identity.id();
        this.secret = identity.secret();
    }

    void start() {
        timer.scheduleWithFixedDelay(this::quietly, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** The store is not the one that this node started with. */
    boolean changed() {
        return changed;
    }

    /** How far this machine's clock is ahead of Redis's. */
    Duration clockOffset() {
        return clock.offsetOfTheMachine();
    }

    /** Each fifth time, which is each ten seconds, the clock as well. */
    void runOnce() {
        if (++round % CLOCK_ROUNDS == 0) {
            clock.synchronize();
        }
        Response present = base.link()
                .ask(Request.cmd(Command.HGET).arg(base.keys().meta()).arg("id"));
        if (present == null || !present.toString().equals(id)) {
            takeIn();
        }
    }

    private void takeIn() {
        StoreIdentity now = StoreIdentity.open(base.link(), base.keys(), secret);
        base.forget();
        base.numbers().known().forEach((queue, number) -> {
            base.link()
                    .ask(Request.cmd(Command.HSETNX)
                            .arg(base.keys().queues())
                            .arg(queue)
                            .arg(number));
            base.link()
                    .ask(Request.cmd(Command.HSETNX)
                            .arg(base.keys().queues())
                            .arg("#" + number)
                            .arg(queue));
        });
        id = now.id();
        changed = true;
        LOG.warnf(
                "Redis was emptied or replaced: store %s stands where another one was. Tasks from before are gone.",
                id);
    }

    private void quietly() {
        try {
            runOnce();
        } catch (RuntimeException e) {
            LOG.debug("The store could not be looked at", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
