package dev.millrace.storage.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Redis's own time: asked for at the start and every ten seconds, moved on by the monotonic clock in between. This
 * process's clock has no part in it.
 */
final class RedisClock implements InstantSource {
    private final RedisLink link;
    private volatile long offsetNanos;

    RedisClock(RedisLink link) {
        this.link = link;
    }

    /** Asks Redis, once the way there is open; half of the way there and back is taken off. */
    void synchronize() {
        RedisLink.Line line = link.line();
        link.await(line.send(Request.cmd(Command.PING)));
        long before = System.nanoTime();
        accept(link.await(line.send(Request.cmd(Command.TIME))), before);
    }

    /** The same without waiting; a failure leaves it to the next time. */
    void synchronizeLater() {
        long before = System.nanoTime();
        link.send(Request.cmd(Command.TIME)).thenAccept(time -> accept(time, before));
    }

    private void accept(Response time, long before) {
        long now = System.nanoTime();
        long redis = time.get(0).toLong() * 1_000_000_000L + time.get(1).toLong() * 1000L;
        offsetNanos = redis + (now - before) / 2 - now;
    }

    /** How far this machine's clock is ahead; the one place where it is looked at. */
    Duration offsetOfTheMachine() {
        return Duration.between(instant(), Instant.now());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(Math.floorDiv(System.nanoTime() + offsetNanos, 1_000_000L));
    }
}
