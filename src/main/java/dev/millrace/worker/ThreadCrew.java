package dev.millrace.worker;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Runs each task on a thread of its own, up to a bound. */
final class ThreadCrew implements Crew {
    private static final Logger LOG = Logger.getLogger(ThreadCrew.class);
    private static final int SHARES = 16;

    private final Attempts attempts;
    private final Settler settler;
    private final Bell bell;
    private final AtomicInteger free;
    /** Queues share the room, but not so thinly that each lease brings next to nothing. */
    private final int smallestShare;

    private final ExecutorService threads;

    private ThreadCrew(Attempts attempts, Settler settler, Bell bell, int size, ExecutorService threads) {
        this.attempts = attempts;
        this.settler = settler;
        this.bell = bell;
        this.free = new AtomicInteger(size);
        this.smallestShare = Math.ceilDiv(size, SHARES);
        this.threads = threads;
    }

    /** For tasks that wait: virtual threads. */
    static ThreadCrew waiting(Attempts attempts, Settler settler, Bell bell, int size) {
        return new ThreadCrew(
                attempts,
                settler,
                bell,
                size,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("task-", 0).factory()));
    }

    /** For tasks that compute: a fixed number of platform threads, which virtual threads never have to wait for. */
    static ThreadCrew computing(Attempts attempts, Settler settler, Bell bell, int size) {
        return new ThreadCrew(
                attempts,
                settler,
                bell,
                size,
                Executors.newFixedThreadPool(
                        size,
                        Thread.ofPlatform().daemon().name("millrace-cpu-", 0).factory()));
    }

    @Override
    public int room(int queues) {
        int all = Math.min(free.get(), settler.room());
        return Math.min(all, Math.max(smallestShare, Math.ceilDiv(all, queues)));
    }

    @Override
    public void run(List<Run> runs) {
        free.addAndGet(-runs.size());
        try {
            for (Run run : runs) {
                threads.execute(() -> run(run));
            }
        } catch (RejectedExecutionException e) {
            LOG.infof("%d tasks were leased too late to be run and wait for their leases to run out", runs.size());
        }
    }

    private void run(Run run) {
        try {
            attempts.runTimed(run);
        } finally {
            free.incrementAndGet();
            bell.ring();
        }
    }

    @Override
    public void stop() {
        threads.shutdown();
    }
}
