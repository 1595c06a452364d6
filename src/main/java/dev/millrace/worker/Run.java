package dev.millrace.worker;

import dev.millrace.queue.AttemptLog;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdicts;
import dev.millrace.task.Outcome;
import dev.millrace.task.Task;
import java.time.Duration;
import java.time.Instant;

/**
 * One leased task in this worker's hands. It ends once: by its handler, or from outside, whichever is first; what comes
 * second counts for nothing.
 */
final class Run {
    private final Lease lease;
    private final Handler handler;
    private final Slice slice;
    private final Notes notes = new Notes();
    private volatile long keptAt;
    private volatile Cancellation cancellation;
    private Thread thread;
    private long begunAt;
    private boolean ended;
    private Outcome outcome;
    private Settlement settlement;

    /**
     * @param slice under whose leave it was leased
     * @param leasedAt by {@link System#nanoTime}, before the store was asked
     */
    Run(Lease lease, Handler handler, Slice slice, long leasedAt) {
        this.lease = lease;
        this.handler = handler;
        this.slice = slice;
        this.keptAt = leasedAt;
    }

    Lease lease() {
        return lease;
    }

    Task task() {
        return lease.task();
    }

    LeaseToken token() {
        return lease.token();
    }

    Handler handler() {
        return handler;
    }

    /** It ended, and not because it was handed back or somebody else has it now. */
    boolean wasDone() {
        return cancellation != Cancellation.STOPPING && cancellation != Cancellation.LEASE_LOST;
    }

    Slice slice() {
        return slice;
    }

    Notes notes() {
        return notes;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** The current thread is about to call the handler; false when the run has ended before that. */
    synchronized boolean begin() {
        if (ended) {
            return false;
        }
        thread = Thread.currentThread();
        begunAt = System.nanoTime();
        return true;
    }

    /** The current thread has left the handler: no interrupt comes after this, and none is left over. */
    void leave() {
        synchronized (this) {
            thread = null;
        }
        Thread.interrupted();
    }

    /** Ends with what the handler said; false when it was over before. */
    synchronized boolean end(Outcome said) {
        if (ended) {
            return false;
        }
        ended = true;
        outcome = said;
        return true;
    }

    /**
     * Ends from outside, and tells the handler.
     *
     * @param said null when there is nothing to be settled
     */
    synchronized boolean cut(Cancellation why, Outcome said) {
        if (!end(said)) {
            return false;
        }
        cancellation = why;
        if (thread != null) {
            thread.interrupt();
        }
        return true;
    }

    synchronized boolean isOver() {
        return ended;
    }

    /** The handler has been running for longer than the task allows. */
    synchronized boolean isOverdue() {
        return !ended && thread != null && System.nanoTime() - begunAt > limit().toNanos();
    }

    Duration timeout() {
        return task().spec().timing().timeout();
    }

    /** How long the handler may take: the task's timeout, or less where the worker has less. */
    Duration limit() {
        return slice.atMost(timeout());
    }

    /** The same one every time, so that it may be delivered twice. */
    synchronized Settlement settlement(Instant now) {
        if (settlement == null) {
            settlement = new Settlement(token(), Verdicts.of(task(), outcome, now));
        }
        return settlement;
    }

    /** The lease holds as of this moment, by {@link System#nanoTime}. */
    void kept(long at) {
        keptAt = at;
    }

    long keptFor(long now) {
        return now - keptAt;
    }

    /** For logs. */
    @Override
    public String toString() {
        return AttemptLog.words(task(), token().generation());
    }
}
