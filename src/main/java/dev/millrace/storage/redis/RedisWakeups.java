package dev.millrace.storage.redis;

import dev.millrace.queue.Wakeups;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * Listens on this store's channel, on a connection of its own that is made again when it breaks. As nothing may be
 * announced for hours, it also listens for itself: a connection on which it does not is given up.
 */
final class RedisWakeups implements Wakeups, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RedisWakeups.class);
    private static final long AGAIN_MILLIS = 500;
    private static final long LEAST_DEAF_NANOS = Duration.ofSeconds(5).toNanos();

    private final RedisBase base;
    private final Vertx vertx;
    private final String own;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Ear ear;
    private volatile boolean closed;

    RedisWakeups(RedisBase base, Vertx vertx) {
        this.base = base;
        this.vertx = vertx;
        this.own = base.keys().channel() + ":" + UUID.randomUUID();
    }

    void connect() {
        if (!closed) {
            Ear fresh = new Ear();
            ear = fresh;
            fresh.open();
        }
    }

    /**
     * To be called every few seconds. Gives up a connection on which nothing was heard for a timeout and some more, this
     * node's own voice included.
     */
    void listenForSelf() {
        Ear present = ear;
        long patience = Math.max(LEAST_DEAF_NANOS, base.link().timeout().toNanos());
        if (present != null && System.nanoTime() - present.heardAt > patience) {
            LOG.debug("Nothing was heard on the connection for wake-ups; it is opened anew");
            connect();
            present.close();
        }
        base.link().send(Request.cmd(Command.PUBLISH).arg(own).arg("i"));
    }

    /** One connection, from the attempt to make it to its end. */
    private final class Ear {
        private volatile long heardAt = System.nanoTime();
        private volatile RedisConnection connection;
        private volatile boolean given;

        void open() {
            base.link().dedicated().whenComplete((open, error) -> {
                if (error != null) {
                    again();
                } else if (given || closed) {
                    open.close();
                } else {
                    listen(open);
                }
            });
        }

        private void listen(RedisConnection open) {
            connection = open;
            open.handler(this::hear);
            open.exceptionHandler(broken -> open.close());
            open.endHandler(end -> again());
            open.send(Request.cmd(Command.SUBSCRIBE).arg(base.keys().channel()).arg(own))
                    .onFailure(refused -> open.close());
        }

        private void again() {
            if (!given) {
                given = true;
                vertx.setTimer(AGAIN_MILLIS, timer -> {
                    if (ear == this) {
                        connect();
                    }
                });
            }
        }

        private void hear(Response message) {
            heardAt = System.nanoTime();
            if ((message.type() == ResponseType.PUSH || message.type() == ResponseType.MULTI)
                    && "message".equals(message.get(0).toString())
                    && !own.equals(message.get(1).toString())) {
                pass(message.get(2).toBytes());
            }
        }

        void close() {
            given = true;
            RedisConnection open = connection;
            if (open != null) {
                open.close();
            }
        }
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Messages are a letter and what it is about: a queue's name, or a task. */
    private void pass(byte[] said) {
        if (said.length < 2) {
            return;
        }
        if (said[0] == 'd') {
            base.forget(rest(said));
            return;
        }
        for (Listener listener : listeners) {
            try {
                tell(listener, said);
            } catch (RuntimeException e) {
                LOG.warn("A listener for wake-ups failed", e);
            }
        }
    }

    private static void tell(Listener listener, byte[] said) {
        switch (said[0]) {
            case 'r' -> listener.ready(rest(said));
            case 'c' -> listener.cancelled(TaskRef.ofBytes(said, 1).id());
            case 'e' -> listener.ended(TaskRef.ofBytes(said, 1).id());
            case 'n' -> listener.told(rest(said));
            default -> LOG.debugf("Unknown wake-up %s", (char) said[0]);
        }
    }

    private static String rest(byte[] said) {
        return SideData.text(java.util.Arrays.copyOfRange(said, 1, said.length));
    }

    @Override
    public void close() {
        closed = true;
        Ear present = ear;
        if (present != null) {
            present.close();
        }
    }
}
