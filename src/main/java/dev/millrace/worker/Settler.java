package dev.millrace.worker;

import dev.millrace.queue.AttemptLog;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.task.MillraceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Tells the store how runs ended: in one call whatever ended since the call before, so a busy worker makes few. What
 * could not be delivered is kept and delivered again, however long the store is away, since only the store knows
 * whether the lease still counts.
 */
final class Settler implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(Settler.class);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);
    private static final long BETWEEN_REPORTS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Calls that follow one another more closely bring few ends each, and cost the store more than they are worth. */
    private static final long BETWEEN_CALLS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Of what is held: when so much has ended, a call is worth it at any time. */
    private static final int SHARE = 4;
    /** Ends that may wait for delivery before nothing more is leased. */
    private static final int BACKLOG = 3 * TaskStore.STEP;

    private final WorkerStore store;
    private final Held held;
    private final LongSupplier nanos;
    private final Bell bell = new Bell();
    private final ConcurrentLinkedQueue<Run> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger backlog = new AtomicInteger();
    private final ConcurrentLinkedQueue<Run> noted = new ConcurrentLinkedQueue<>();
    /** Out of the queue but not delivered yet; survives a failed call. */
    private final List<Run> batch = new ArrayList<>();

    private final List<Report> reports = new ArrayList<>();
    /** When they were sent first: sent again they are the same, so that the store recognises them. */
    private Instant reportsAt;

    private volatile Runnable onRoom = () -> {};
    /** So many undelivered ends are worth waking up for. */
    private volatile int enough = 1;

    private long reportedAt;
    private long settledAt;

    /**
     * @param nanos as {@link System#nanoTime}
     */
    Settler(WorkerStore store, Held held, LongSupplier nanos) {
        this.store = store;
        this.held = held;
        this.nanos = nanos;
        this.reportedAt = nanos.getAsLong() - BETWEEN_REPORTS;
        this.settledAt = nanos.getAsLong() - BETWEEN_CALLS;
    }

    Bell bell() {
        return bell;
    }

    /** Called whenever there is {@link #room} again. */
    void onRoom(Runnable listener) {
        onRoom = listener;
    }

    /** How many more runs may be begun, so that an absent store cannot pile up ends without bound. */
    int room() {
        return BACKLOG - backlog.get();
    }

    void add(Run run) {
        ended.add(run);
        added(1);
    }

    void addAll(Collection<Run> runs) {
        ended.addAll(runs);
        added(runs.size());
    }

    private void added(int count) {
        if (backlog.addAndGet(count) >= enough) {
            bell.ring();
        }
    }

    /** The run has notes, and had none before. */
    void hasNotes(Run run) {
        noted.add(run);
        bell.ring();
    }

    @Override
    public long runOnce() {
        enough = 1;
        while (batch.size() < TaskStore.STEP && !ended.isEmpty()) {
            batch.add(ended.remove());
        }
        long reportsIn = reportsIn();
        if (reportsIn <= 0) {
            report();
        }
        if (batch.isEmpty()) {
            return Math.max(1, Math.min(IDLE, reportsIn()));
        }
        long settleIn = settleIn();
        if (settleIn > 0) {
            return settleIn;
        }
        settle();
        return 0;
    }

    /** Nanoseconds until it is time for a call: none unless few of those held have ended and the last one was just now. */
    private long settleIn() {
        int worth = Math.min(TaskStore.STEP, held.size()) / SHARE;
        if (batch.size() >= worth) {
            return 0;
        }
        enough = worth;
        return settledAt + BETWEEN_CALLS - nanos.getAsLong();
    }

    /** Nanoseconds until it is time to report; at once when a run that has notes is about to be settled. */
    private long reportsIn() {
        if (noted.isEmpty() && reports.isEmpty()) {
            return Long.MAX_VALUE;
        }
        boolean last = batch.stream().anyMatch(run -> !run.notes().isEmpty());
        return last ? 0 : reportedAt + BETWEEN_REPORTS - nanos.getAsLong();
    }

    private void report() {
        if (reports.isEmpty()) {
            take();
        }
        reportedAt = nanos.getAsLong();
        if (!reports.isEmpty()) {
            send(List.copyOf(reports));
            reports.clear();
        }
    }

    private void take() {
        for (Run run = noted.poll(); run != null; run = noted.poll()) {
            Report report = run.notes().take(run.token());
            if (report != null) {
                reports.add(report);
            }
        }
        reportsAt = store.now();
    }

    private void send(List<Report> some) {
        try {
            store.tasks().report(some, reportsAt);
        } catch (RuntimeException e) {
            if (MillraceException.isStoreAway(e)) {
                throw e;
            }
            LOG.errorf(e, "The store refused %d reports, which are dropped", some.size());
        }
    }

    private void settle() {
        settledAt = nanos.getAsLong();
        try {
            deliver(batch);
        } catch (RuntimeException e) {
            if (MillraceException.isStoreAway(e)) {
                throw e;
            }
            deliverEach(e);
        }
        backlog.addAndGet(-batch.size());
        batch.clear();
        onRoom.run();
    }

    /** One that the store cannot take must not hold up the others; its lease will run out. */
    private void deliverEach(RuntimeException cause) {
        LOG.errorf(cause, "The store refused to settle %d runs together, so each is tried alone", batch.size());
        for (Run run : batch) {
            try {
                deliver(List.of(run));
            } catch (RuntimeException e) {
                AttemptLog.say(LOG, Logger.Level.ERROR, "The end of a run cannot be delivered", run.lease(), e);
                held.drop(run);
            }
        }
    }

    private void deliver(List<Run> runs) {
        Instant now = store.now();
        List<Settlement> settlements = new ArrayList<>(runs.size());
        for (Run run : runs) {
            settlements.add(run.settlement(now));
        }
        List<Settled> answers = store.tasks().settle(settlements, now);
        for (int i = 0; i < answers.size(); i++) {
            Run run = runs.get(i);
            Settled answer = answers.get(i);
            if (answer.holds()) {
                Verdict verdict = settlements.get(i).verdict();
                AttemptLog.ended(run.task(), run.token().generation(), verdict);
                store.tally().ended(run.task(), verdict);
            } else {
                AttemptLog.say(
                        LOG,
                        Logger.Level.WARN,
                        "The lease was lost (" + answer + "), the outcome is discarded",
                        run.lease(),
                        null);
            }
            held.drop(run);
        }
    }
}
