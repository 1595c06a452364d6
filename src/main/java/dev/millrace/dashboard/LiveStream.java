package dev.millrace.dashboard;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * The stream of one open page. It holds no thread, and no more than one event for a page that takes them too slowly: the
 * latest.
 */
final class LiveStream implements LiveViewer {
    /** Whoever looks on comes again after this, through the front door. */
    private static final long LONGEST_NANOS = Duration.ofMinutes(10).toNanos();

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final long begun = System.nanoTime();
    private String waiting;
    private boolean ended;

    LiveStream(RoutingContext context) {
        this.context = context;
        this.response = context.response();
    }

    /**
     * @param left called once the page is gone, or the stream was ended
     */
    void begin(Runnable left) {
        response.putHeader("Content-Type", "text/event-stream");
        // Proxies are not to gather what is said.
        response.putHeader("X-Accel-Buffering", "no");
        response.setChunked(true);
        response.drainHandler(nothing -> drained());
        // Not the response's own handlers: those are taken, by whoever counts requests.
        context.addEndHandler(nothing -> left.run());
        send(LiveEvent.HELLO);
    }

    @Override
    public synchronized void send(String event) {
        if (ended || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            // A beat says that nothing changed since the part, which is still to be told.
            if (waiting == null || LiveEvent.isPart(event)) {
                waiting = event;
            }
        } else {
            waiting = null;
            response.write(event);
        }
    }

    private synchronized void drained() {
        if (waiting != null) {
            send(waiting);
        }
    }

    void endIfOld() {
        if (System.nanoTime() - begun > LONGEST_NANOS) {
            end(LiveEvent.BEAT);
        }
    }

    @Override
    public synchronized void end(String event) {
        if (!ended && !response.closed()) {
            ended = true;
            response.end(event);
        }
    }
}
