package dev.millrace.worker;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Wakeups;
import dev.millrace.task.Outcome;
import dev.millrace.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Leases tasks, runs them and tells how they ended.
 *
 * <p>A fetcher per {@link Effort} leases in batches and hands them to its crew; a settler delivers ends in batches while
 * the next ones are under way; a keeper extends leases; a poller looks after lost wake-ups. None of them waits for
 * another, so the store is kept busy by few calls.
 */
public final class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final Duration HANDING_BACK = Duration.ofSeconds(3);
    /** Of that: until the store has answered who was just leasing. */
    private static final Duration LAST_LEASE = Duration.ofSeconds(2);

    private static final Duration LAST_STEP = Duration.ofSeconds(1);

    private final WorkerStore store;
    private final WorkerSettings settings;
    private final Slices slices;
    private final Held held;
    private final Drain drain;
    private final Settler settler;
    private final Timeouts timeouts;
    private final Attempts attempts;
    private final List<Inbox> inboxes = new ArrayList<>();
    private final List<Crew> crews = new ArrayList<>();
    private final List<Loop> fetching = new ArrayList<>();
    private final List<Loop> tending = new ArrayList<>();
    private Wakeups.Subscription subscription;
    private Stage stage = Stage.NEW;

    private enum Stage {
        NEW,
        RUNNING,
        QUIET,
        STOPPED
    }

    public Worker(WorkerStore store, Handlers handlers, WorkerSettings settings) {
        this(store, handlers, settings, Optional.empty());
    }

    /**
     * @param courier delivers what is for destinations; empty leaves that to others
     */
    public Worker(WorkerStore store, Handlers handlers, WorkerSettings settings, Optional<Courier> courier) {
        this.store = store;
        this.settings = settings;
        this.slices = new Slices(!settings.onDemand());
        this.held = new Held(handlers);
        this.settler = new Settler(store, held, System::nanoTime);
        this.timeouts = new Timeouts(settler);
        this.attempts = new Attempts(handlers, timeouts, settler, settings);
        for (Effort effort : Effort.values()) {
            Set<String> types = handlers.types(effort);
            if (!types.isEmpty()) {
                Inbox inbox = new Inbox(new Lanes.Types(types));
                addFetcher(effort.label(), inbox, crew(effort, inbox.bell()));
            }
        }
        courier.ifPresent(this::addCourier);
        settler.onRoom(this::ringAll);
        slices.onOpen(this::ringAll);
        held.onDrop(slices::changed);
        Poller poller = new Poller(store, settings, slices, inboxes);
        drain = new Drain(
                slices,
                poller,
                inboxes,
                held,
                courier.<Runnable>map(one -> one::doubt).orElse(() -> {}));
        LeaseKeeper keeper = new LeaseKeeper(store, held, timeouts, settings.lease());
        fetching.add(new Loop("poll", new Bell(), poller));
        tending.add(new Loop("keep-leases", new Bell(), keeper));
        tending.add(new Loop("settle", settler.bell(), settler));
    }

    private void addFetcher(String what, Inbox inbox, Crew crew) {
        Fetcher fetcher = new Fetcher(new Fetcher.Leasing(store, settings, slices), inbox, held, crew);
        inboxes.add(inbox);
        crews.add(crew);
        fetching.add(new Loop("fetch-" + what, inbox.bell(), fetcher));
    }

    private void addCourier(Courier courier) {
        Inbox inbox = new Inbox(courier::open, courier::isThere);
        addFetcher("destinations", inbox, new CourierCrew(courier, settler, held, store, inbox));
        tending.add(new Loop("destinations", new Bell(), courier::tend));
    }

    private Crew crew(Effort effort, Bell bell) {
        return switch (effort) {
            case INSTANT -> new InlineCrew(attempts, settler);
            case WAITING -> ThreadCrew.waiting(attempts, settler, bell, settings.concurrency());
            case CPU_BOUND -> ThreadCrew.computing(attempts, settler, bell, settings.cpuThreads());
        };
    }

    /** Tasks in this worker's hands: running, or ended but not yet taken by the store. */
    public int running() {
        return held.size();
    }

    private void ringAll() {
        inboxes.forEach(inbox -> inbox.bell().ring());
    }

    /**
     * Runs tasks until there are none, the bounds of the call are reached or the worker is told to stop; blocks for as
     * long. A worker that runs whatever comes counts those that it runs meanwhile.
     *
     * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE}
     */
    public Drained drain(DrainCall call) {
        return drain.run(call);
    }

    /** Begins; once only. */
    public synchronized void start() {
        if (stage != Stage.NEW) {
            return;
        }
        stage = Stage.RUNNING;
        subscription = store.wakeups().subscribe(new Ears());
        tending.forEach(Loop::start);
        fetching.forEach(Loop::start);
    }

    /** Leases nothing more until told otherwise; what runs goes on, drains end. May come at any time. */
    public void rest(boolean resting) {
        slices.rest(resting);
    }

    public boolean isResting() {
        return slices.isResting();
    }

    /** Leases nothing more, for good. */
    public synchronized void quiet() {
        if (stage == Stage.RUNNING) {
            stage = Stage.QUIET;
            slices.shut();
            fetching.forEach(Loop::stop);
        }
    }

    /**
     * Lets what runs end, then hands back what is left with its attempt refunded, and ends.
     *
     * @param drain how long what runs may still take
     */
    public synchronized void stop(Duration drain) {
        quiet();
        if (stage == Stage.QUIET) {
            try {
                drainUntil(System.nanoTime() + drain.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                end();
            }
        }
        stage = Stage.STOPPED;
    }

    private void drainUntil(long deadline) throws InterruptedException {
        for (Loop loop : fetching) {
            loop.join(until(deadline + LAST_LEASE.toNanos()));
        }
        if (!held.awaitNone(until(deadline))) {
            handBack(deadline + HANDING_BACK.toNanos());
        }
        tending.forEach(Loop::stop);
        for (Loop loop : tending) {
            loop.join(LAST_STEP);
        }
    }

    private void handBack(long deadline) throws InterruptedException {
        int count = 0;
        for (Run run : held.all()) {
            if (run.cut(Cancellation.STOPPING, Outcome.released(null, "the worker stopped"))) {
                settler.add(run);
                count++;
            }
        }
        LOG.infof("Handed back %d tasks that did not end in time", count);
        if (!held.awaitNone(until(deadline))) {
            LOG.warnf("%d tasks could not be handed back and wait for their leases to run out", held.size());
        }
    }

    private void end() {
        subscription.close();
        tending.forEach(Loop::stop);
        timeouts.stop();
        crews.forEach(Crew::stop);
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /** What the store tells this node. */
    private final class Ears implements Wakeups.Listener {
        @Override
        public void ready(String queue) {
            if (settings.serves(queue)) {
                inboxes.forEach(inbox -> inbox.add(queue));
            }
        }

        @Override
        public void cancelled(TaskId task) {
            held.cancelled(task);
        }

        @Override
        public void ended(TaskId task) {
            // A worker waits for no other's task.
        }
    }
}
