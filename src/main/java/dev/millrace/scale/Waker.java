package dev.millrace.scale;

import dev.millrace.task.MillraceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Wakes the workers of one pool: with one request however many tasks become ready at once, with another after it when
 * tasks came meanwhile, and with several when there is work for several workers. A kick that nobody answers is sent again
 * for as long as there is work.
 */
final class Waker {
    private static final Logger LOG = Logger.getLogger(Waker.class);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final int LONGEST_PAUSE_SHIFT = 6;
    /** Longer than two nodes' ideas of one moment differ. */
    private static final Duration MARGIN = Duration.ofSeconds(1);
    /** A worker that answered so lately is awake still: reaching it says nothing about waking one. */
    private static final long WARM_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Sweeps that are left out at most after kicks for which a worker had nothing to do. */
    private static final int MOST_SKIPPED = 20;

    private final Pool pool;
    private final Function<Duration, Kicked> line;
    private final Supplier<PoolDemand> demand;
    private final Consumer<Duration> woke;
    private final Executor threads;

    private int open;
    /** Tasks came while a kick was open: it may have come too late for them. */
    private volatile boolean armed;

    private volatile boolean quiet;
    private volatile boolean blind;
    private int failures;
    private long answeredAt = System.nanoTime() - WARM_NANOS;
    /** The work for which a kick was sent last by a sweep, to be told from other work of the same size. */
    private PoolDemand.Work sweptFor;

    private int skip;
    private int skipped;

    /**
     * @param line sends one kick that is to wait for so long for tasks, and blocks until its answer
     * @param demand asks the store
     * @param woke takes how long it took to wake a worker that slept
     */
    Waker(
            Pool pool,
            Function<Duration, Kicked> line,
            Supplier<PoolDemand> demand,
            Consumer<Duration> woke,
            Executor threads) {
        this.pool = pool;
        this.line = line;
        this.demand = demand;
        this.woke = woke;
        this.threads = threads;
    }

    Pool pool() {
        return pool;
    }

    /** Kicks whose answer is awaited, or was not and is about to be asked for again. */
    synchronized int open() {
        return open;
    }

    /** A task became ready. Never blocks, never fails. */
    void wake() {
        if (armed) {
            return;
        }
        synchronized (this) {
            sweptFor = null;
            if (open > 0) {
                armed = true;
                return;
            }
            open++;
        }
        send(Duration.ZERO);
    }

    /** Sends no more. */
    void quiet() {
        quiet = true;
    }

    /**
     * Looks whether there is work that no kick is open for; how many it sent. Work for which a worker had nothing to do,
     * such as tasks that none handles, is looked at ever more seldom until it changes.
     *
     * @param next until the next sweep
     */
    int sweep(Duration next) {
        PoolDemand now = demand.get();
        lookWhenDue(now, next);
        synchronized (this) {
            if (now.work().equals(sweptFor) && skipped < skip) {
                skipped++;
                return 0;
            }
            skipped = 0;
            sweptFor = now.work();
        }
        return kickFor(now);
    }

    private int kickFor(PoolDemand now) {
        if (now.waiting() == 0 || quiet) {
            return 0;
        }
        int missing;
        synchronized (this) {
            missing = Math.max(0, Math.max(1, now.workers()) - open);
            armed |= open > 0;
            open += missing;
        }
        for (int i = 0; i < missing; i++) {
            send(untilDue(now));
        }
        return missing;
    }

    /** So that a worker is there when the next task is due, be it before the next sweep. */
    private void lookWhenDue(PoolDemand now, Duration next) {
        Duration wait = now.nextDueAt() == null
                ? Duration.ZERO
                : Duration.between(now.at(), now.nextDueAt()).minus(now.coldStart());
        if (wait.isPositive() && wait.compareTo(next) <= 0) {
            CompletableFuture.delayedExecutor(wait.toMillis() + 1, TimeUnit.MILLISECONDS, threads)
                    .execute(this::look);
        }
    }

    /** For how long a worker that is there early has to wait for the next task that is due. */
    private static Duration untilDue(PoolDemand now) {
        Duration left = now.nextDueAt() == null ? Duration.ZERO : Duration.between(now.at(), now.nextDueAt());
        boolean soon = left.isPositive() && left.compareTo(now.coldStart()) <= 0;
        return soon ? Duration.ofMillis(left.plus(MARGIN).toMillis()) : Duration.ZERO;
    }

    private void send(Duration idle) {
        threads.execute(() -> ended(quiet ? new Kicked.Failed("this process ends") : line.apply(idle)));
    }

    private void ended(Kicked kicked) {
        switch (kicked) {
            case Kicked.Answered answer -> {
                // A worker that is about to end says that there is more, and does nothing.
                boolean ending = answer.more() && answer.done() == 0;
                if (ending) {
                    later(0);
                } else {
                    answered(answer);
                    finish(answer.more());
                }
            }
            case Kicked.Failed failed -> later(failed(failed.reason()));
        }
    }

    private synchronized void answered(Kicked.Answered answer) {
        if (failures > 0) {
            LOG.infof("Workers of pool %s answer again", pool.name());
        }
        failures = 0;
        long now = System.nanoTime();
        if (answer.woke() != null && now - answeredAt > WARM_NANOS) {
            woke.accept(answer.woke());
        }
        answeredAt = now;
        if (answer.done() > 0) {
            sweptFor = null;
            skip = 0;
        } else {
            skip = Math.min(MOST_SKIPPED, 2 * skip + 1);
        }
    }

    private synchronized int failed(String reason) {
        if (failures == 0 && !quiet) {
            LOG.warnf(
                    "Pool %s cannot be woken at %s, which is tried again: %s",
                    pool.name(), KickLine.name(pool.kick().url()), reason);
        }
        return Math.min(LONGEST_PAUSE_SHIFT, failures++);
    }

    private void later(int shift) {
        CompletableFuture.delayedExecutor(FIRST_PAUSE_MILLIS << shift, TimeUnit.MILLISECONDS, threads)
                .execute(() -> finish(true));
    }

    private void finish(boolean more) {
        boolean again;
        synchronized (this) {
            open--;
            again = (armed || more) && !quiet;
            armed = false;
        }
        if (again) {
            look();
        }
    }

    /** The store says whether there is work: what a submission saw before is not what there is now. */
    void look() {
        try {
            kickFor(demand.get());
            if (blind) {
                LOG.infof("The work of pool %s is known again", pool.name());
            }
            blind = false;
        } catch (RuntimeException e) {
            if (!blind && !MillraceException.isStoreAway(e)) {
                LOG.warnf(e, "The work of pool %s is not known, which is left to sweeps until it is", pool.name());
                blind = true;
            }
        }
    }
}
