package dev.millrace.delivery.route;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The tasks that were leased for a destination and wait for their turn. They begin on one event loop, each when another
 * has ended, without a change of threads between.
 */
final class Departures {
    private final Route route;
    private final Executor loop;
    private final Queue<Shipment> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    /** The event loop's own. */
    private boolean going;

    /**
     * @param loop runs at once what is on it already
     */
    Departures(Route route, Executor loop) {
        this.route = route;
        this.loop = loop;
    }

    void add(Shipment shipment) {
        waiting.add(shipment);
        call();
    }

    /** One may have become free to begin. */
    void call() {
        if (!called.getAndSet(true)) {
            loop.execute(this::go);
        }
    }

    /** Those that end at once call again from within. */
    private void go() {
        called.set(false);
        if (going) {
            return;
        }
        going = true;
        try {
            while (!waiting.isEmpty() && next()) {
                // until nobody waits, or may begin
            }
        } finally {
            going = false;
        }
    }

    private boolean next() {
        if (waiting.peek().isOver()) {
            waiting.remove().turnBack(null);
            return true;
        }
        return switch (route.depart(System.nanoTime())) {
            case GO -> {
                waiting.remove().begin();
                yield true;
            }
            case SHUT -> {
                waiting.remove().turnBack("The destination takes nothing at present");
                yield true;
            }
            case FULL -> false;
        };
    }
}
