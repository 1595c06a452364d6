package dev.millrace.queue;

import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Where lease calls wait. A call that finds nothing stands in the line of each of its queues; a wake-up serves a queue's
 * line from the front until the queue has no more, so that a thousand waiting workers cost one look, not a thousand.
 */
@ApplicationScoped
class LeaseDesk {
    private static final Logger LOG = Logger.getLogger(LeaseDesk.class);

    private static final Duration SAFETY_POLL = Duration.ofSeconds(1);
    /** What a call is held for when nothing is leased any more: else its client would ask again at once, in circles. */
    private static final Duration BREATH = Duration.ofMillis(500);

    private final TaskStore store;
    private final InstantSource clock;
    private final Map<String, LeaseLine> lines = new ConcurrentHashMap<>();
    private final ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease-desk").factory());
    /** Queues of which an error was told that no port tells of. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    private final Wakeups.Subscription subscription;
    private volatile boolean quiet;

    LeaseDesk(TaskStore store, Wakeups wakeups, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        subscription = wakeups.subscribe(new Wakeups.Listener() {
            @Override
            public void ready(String queue) {
                wake(queue);
            }

            @Override
            public void cancelled(TaskId task) {}

            @Override
            public void ended(TaskId task) {}
        });
        long poll = SAFETY_POLL.toMillis();
        timer.scheduleWithFixedDelay(
                () -> List.copyOf(lines.keySet()).forEach(this::wake), poll, poll, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void close() {
        subscription.close();
        timer.shutdownNow();
        clerks.shutdownNow();
    }

    /** Leases nothing more. Calls that wait are answered with nothing now, later ones after a breath. */
    void quiet() {
        quiet = true;
        lines.values().forEach(line -> line.waiters().forEach(Waiter::giveUp));
    }

    PendingLease ask(LeaseCall call) {
        Waiter waiter = new Waiter(call, this::handBack);
        clerks.execute(() -> firstLook(waiter));
        return waiter;
    }

    /** Calls that wait now. */
    int waiting() {
        return lines.values().stream().mapToInt(LeaseLine::size).sum();
    }

    private void firstLook(Waiter waiter) {
        Duration patience = waiter.call().patience();
        if (quiet) {
            long breath = Math.min(BREATH.toMillis(), patience.toMillis());
            after(breath, waiter::giveUp);
        } else if (patience.isPositive()) {
            waiter.call().queues().forEach(queue -> join(queue, waiter));
            after(patience.toMillis(), () -> giveUp(waiter));
            serve(waiter);
            if (quiet) {
                waiter.giveUp();
            }
        } else {
            serve(waiter);
            waiter.giveUp();
        }
    }

    /** At once when the timer has ended, as the process is about to. */
    private void after(long millis, Runnable step) {
        try {
            timer.schedule(step, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            step.run();
        }
    }

    private void join(String queue, Waiter waiter) {
        lines.compute(queue, (q, line) -> {
            LeaseLine joined = line == null ? new LeaseLine() : line;
            joined.add(waiter);
            return joined;
        });
    }

    private void giveUp(Waiter waiter) {
        waiter.giveUp();
        waiter.call().queues().forEach(this::sweep);
    }

    private void sweep(String queue) {
        lines.computeIfPresent(queue, (q, line) -> line.isEmptyAfterSweep() ? null : line);
    }

    void wake(String queue) {
        LeaseLine line = lines.get(queue);
        if (line != null && !quiet && line.ring()) {
            clerks.execute(() -> serveLine(queue, line));
        }
    }

    /** One clerk a line; rings that come while it works make it go round once more. */
    private void serveLine(String queue, LeaseLine line) {
        do {
            Set<Lanes> nothingFor = new HashSet<>();
            for (Waiter waiter : line.waiters()) {
                Lanes lanes = waiter.call().lanes();
                if (!nothingFor.contains(lanes) && !serve(waiter) && !waiter.ended()) {
                    nothingFor.add(lanes);
                }
            }
        } while (line.goRoundAgain());
        sweep(queue);
    }

    /** True when the waiter got something. Looks again when the bell rang while it looked. */
    private boolean serve(Waiter waiter) {
        boolean served = false;
        while (!served && waiter.begin()) {
            served = lookFor(waiter);
            if (!served && !waiter.rungMeanwhile()) {
                return false;
            }
        }
        return served;
    }

    private boolean lookFor(Waiter waiter) {
        List<Lease> leases = new ArrayList<>();
        String looked = null;
        try {
            for (String queue : waiter.call().queues()) {
                int open = waiter.call().max() - leases.size();
                if (open > 0) {
                    looked = queue;
                    leases.addAll(store.lease(waiter.request(queue, open), clock.instant()));
                    worked(queue);
                }
            }
            return waiter.offer(leases);
        } catch (RuntimeException e) {
            if (leases.isEmpty()) {
                waiter.fail(e);
                return false;
            }
            if (!MillraceException.isStoreAway(e)) {
                failed(looked, e);
            }
            return waiter.offer(leases);
        }
    }

    /** Whoever got tasks of other queues is not told, so the log is: once, however many ask. */
    private void failed(String queue, RuntimeException e) {
        if (failing.add(queue)) {
            LOG.errorf(e, "Queue %s among several cannot be leased from; what others had is handed out", queue);
        }
    }

    private void worked(String queue) {
        if (!failing.isEmpty() && failing.remove(queue)) {
            LOG.infof("Queue %s can be leased from again", queue);
        }
    }

    private void handBack(List<Lease> leases) {
        Verdict verdict = new Verdict.Release(null, "the worker went away while it waited");
        clerks.execute(() -> store.settle(
                leases.stream()
                        .map(lease -> new Settlement(lease.token(), verdict))
                        .toList(),
                clock.instant()));
    }
}
