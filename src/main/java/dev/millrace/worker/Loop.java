package dev.millrace.worker;

import dev.millrace.task.MillraceException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A thread that takes the same step again and again until it is told to stop, whatever the step throws. */
final class Loop {
    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LONGEST_PAUSE_SHIFT = 4;

    private final Thread thread;
    private final Bell bell;
    private final Step step;
    private volatile boolean stopped;
    private int failures;

    Loop(String name, Bell bell, Step step) {
        this.thread = Thread.ofPlatform().daemon().name("millrace-" + name).unstarted(this::run);
        this.bell = bell;
        this.step = step;
    }

    void start() {
        thread.start();
    }

    /** Ends after the step that is under way. */
    void stop() {
        stopped = true;
        bell.ring();
    }

    /** True when it has ended within this time. */
    boolean join(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    private void run() {
        while (!stopped) {
            long wait = attempt();
            if (wait > 0 && !stopped) {
                bell.await(wait);
            }
        }
    }

    private long attempt() {
        try {
            long wait = step.runOnce();
            failures = 0;
            return wait;
        } catch (Throwable e) {
            pause(e);
            return 0;
        }
    }

    /** Rings do not cut it short: a busy queue must not make a failing step spin. */
    private void pause(Throwable cause) {
        if (!stopped && !MillraceException.isStoreAway(cause)) {
            LOG.errorf(cause, "%s failed and goes on", thread.getName());
        }
        long deadline = System.nanoTime() + (SHORTEST_PAUSE << Math.min(failures++, LONGEST_PAUSE_SHIFT));
        for (long left = deadline - System.nanoTime(); left > 0 && !stopped; left = deadline - System.nanoTime()) {
            bell.await(left);
        }
    }

    /** What a loop does over and over. */
    interface Step {
        /** Nanoseconds to wait before the next step unless the bell rings; 0 for none. */
        long runOnce();
    }
}
