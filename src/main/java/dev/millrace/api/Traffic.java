package dev.millrace.api;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests under way, and whether this process wants any more of them. */
@Singleton
public class Traffic {
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean ending;

    /** Counts a request until its answer is written or its client is gone. */
    void enter(RoutingContext context) {
        underWay.incrementAndGet();
        context.addEndHandler(ended -> leave());
        if (ending && context.request().version() != HttpVersion.HTTP_2) {
            // The next request is better sent to a process that stays.
            context.response().putHeader("Connection", "close");
        }
    }

    private void leave() {
        if (underWay.decrementAndGet() == 0 && ending) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** From now on clients are told to come back elsewhere. */
    void end() {
        ending = true;
    }

    boolean ending() {
        return ending;
    }

    /** True when none is under way any more within {@code atMost}. */
    synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (underWay.get() > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // At least once in a while, for a request that left before this process began to end.
            wait(Math.clamp(left / 1_000_000, 1, 50));
        }
        return true;
    }
}
