package dev.millrace.dashboard;

import dev.millrace.queue.Wakeups;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The open pages of this node. In rounds each of them is made anew, once for all who see the same, and told to them if it
 * changed: soon after the store said that something happened, but no oftener than once a second, and every few seconds
 * in any case. Without open pages nothing runs.
 */
@ApplicationScoped
class LiveStreams {
    /** Streams of one visitor: a browser keeps one for each page that is in sight. */
    static final int PER_VISITOR = 20;

    private static final Logger LOG = Logger.getLogger(LiveStreams.class);
    private static final int LIMIT = 100_000;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LATEST_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int AT_ONCE = 4;

    private final int most;
    private final Present present;
    private final Wakeups wakeups;
    private final Map<LiveTopic.Key, LiveTopic> topics = new ConcurrentHashMap<>();
    private final Map<LiveStream, String> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            1, Thread.ofVirtual().name("live-", 0).factory());
    private final ExecutorService makers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("live-page-", 0).factory());
    private ScheduledFuture<?> rounds;
    private Wakeups.Subscription subscription;
    private volatile boolean news;
    private boolean stopped;
    private long lastRound;

    LiveStreams(DashboardConfig config, Present present, Wakeups wakeups) {
        this.most = config.streams();
        this.present = present;
        this.wakeups = wakeups;
        if (most < 0 || most > LIMIT) {
            throw new MillraceException(
                    ErrorCode.INVALID_REQUEST,
                    "millrace.dashboard.streams must be 0 to " + LIMIT + ", not " + most + ".");
        }
    }

    int count() {
        return open.size();
    }

    /**
     * Begins a stream; false when there are too many, of all visitors or of this one.
     *
     * @param visitor whose stream it is
     * @param part makes the part of the page
     */
    synchronized boolean open(LiveStream stream, String visitor, LiveTopic.Key key, Supplier<String> part) {
        boolean full = stopped || open.size() >= most;
        if (full || open.values().stream().filter(visitor::equals).count() >= PER_VISITOR) {
            return false;
        }
        stream.begin(() -> leave(stream, key));
        open.put(stream, visitor);
        topics.computeIfAbsent(key, name -> new LiveTopic(part)).join(stream);
        if (rounds == null) {
            lastRound = System.nanoTime();
            subscription = wakeups.subscribe(new Ears());
            rounds = timer.scheduleWithFixedDelay(this::round, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private synchronized void leave(LiveStream stream, LiveTopic.Key key) {
        if (open.remove(stream) == null) {
            return;
        }
        topics.computeIfPresent(key, (name, topic) -> topic.leave(stream) ? null : topic);
        if (open.isEmpty()) {
            rest();
        }
    }

    private void rest() {
        if (rounds != null) {
            rounds.cancel(false);
            rounds = null;
            subscription.close();
        }
    }

    /** One that fails is not to be the last. */
    private void round() {
        try {
            runOnce();
        } catch (RejectedExecutionException e) {
            LOG.debug("All streams have ended meanwhile");
        } catch (RuntimeException e) {
            LOG.error("A round of the live pages failed", e);
        }
    }

    /** A round, if it is time for one; a page that is still being made from an earlier one is left out. */
    void runOnce() {
        long since = System.nanoTime() - lastRound;
        if (since < SOON_NANOS || !news && since < LATEST_NANOS) {
            return;
        }
        lastRound = System.nanoTime();
        if (news) {
            news = false;
            present.forget();
        }
        open.keySet().forEach(LiveStream::endIfOld);
        topics.values().stream().filter(LiveTopic::claim).forEach(topic -> makers.execute(topic::make));
    }

    /** Ends all streams; whoever looks on goes to another node, or asks for the page now and then. */
    void stop() {
        synchronized (this) {
            stopped = true;
            rest();
        }
        // Not under the lock: the end of a stream asks for it, on a thread that may hold the stream.
        open.keySet().forEach(stream -> stream.end(LiveEvent.BEAT));
        timer.shutdownNow();
        makers.shutdownNow();
    }

    /** That something happened is all that is noticed: a page shows the whole of it. */
    private final class Ears implements Wakeups.Listener {
        @Override
        public void ready(String queue) {
            news = true;
        }

        @Override
        public void cancelled(TaskId task) {
            news = true;
        }

        @Override
        public void ended(TaskId task) {
            news = true;
        }

        @Override
        public void told(String node) {
            news = true;
        }
    }
}
