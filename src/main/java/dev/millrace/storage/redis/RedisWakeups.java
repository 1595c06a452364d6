package dev.millrace.storage.redis;

import dev.millrace.queue.Wakeups;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Listens on this store's channel, on a connection of its own that is made again when it breaks. */
final class RedisWakeups implements Wakeups, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RedisWakeups.class);
    private static final long AGAIN_MILLIS = 500;

    private final RedisBase base;
    private final Vertx vertx;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile RedisConnection connection;
    private volatile boolean closed;

    RedisWakeups(RedisBase base, Vertx vertx) {
        this.base = base;
        this.vertx = vertx;
    }

    void connect() {
        base.link().dedicated().whenComplete((open, error) -> {
            if (error != null) {
                again();
                return;
            }
            if (closed) {
                open.close();
                return;
            }
            connection = open;
            open.handler(this::hear);
            open.exceptionHandler(broken -> open.close());
            open.endHandler(end -> again());
            open.send(Request.cmd(Command.SUBSCRIBE).arg(base.keys().channel())).onFailure(refused -> open.close());
        });
    }

    private void again() {
        connection = null;
        if (!closed) {
            vertx.setTimer(AGAIN_MILLIS, timer -> connect());
        }
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Messages are a letter and what it is about: a queue's name, or a task. */
    private void hear(Response message) {
        if (message.type() != ResponseType.PUSH && message.type() != ResponseType.MULTI
                || !"message".equals(message.get(0).toString())) {
            return;
        }
        byte[] said = message.get(2).toBytes();
        if (said.length < 2) {
            return;
        }
        if (said[0] == 'd') {
            base.numbers().forget(rest(said));
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
        RedisConnection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
