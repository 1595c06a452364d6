package dev.millrace.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.queue.Lanes;
import dev.millrace.storage.Storage;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A worker taken apart: a test takes each step by itself, so nothing happens that it did not ask for. */
final class Crewed implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final long SOON = TimeUnit.SECONDS.toNanos(20);

    final Held held;
    final Settler settler;
    final Timeouts timeouts;
    final LeaseKeeper keeper;
    final Inbox inbox;
    final Crew crew;
    private final Fetcher fetcher;
    private final AtomicLong stopped = new AtomicLong();
    private LongSupplier nanos = System::nanoTime;

    /** With room for {@code size} tasks at once, all of the effort of the first handler. */
    Crewed(WorkerStore ports, String name, int size, Handler... all) {
        Handlers handlers = handlers(all);
        WorkerSettings settings = new WorkerSettings(name, Set.of(), size, size, 100, LEASE);
        held = new Held(handlers);
        settler = new Settler(ports, held, () -> nanos.getAsLong());
        timeouts = new Timeouts(settler);
        keeper = new LeaseKeeper(ports, held, timeouts, LEASE);
        Attempts attempts = new Attempts(handlers, timeouts, settler, settings);
        Effort effort = all[0].effort();
        inbox = new Inbox(new Lanes.Types(handlers.types(effort)));
        crew = effort == Effort.INSTANT
                ? new InlineCrew(attempts, settler)
                : ThreadCrew.waiting(attempts, settler, inbox.bell(), size);
        fetcher = new Fetcher(new Fetcher.Leasing(ports, settings, new Slices(true)), inbox, held, crew);
    }

    static WorkerStore ports(Storage storage, InstantSource clock) {
        return new WorkerStore(storage.tasks(), storage.queues(), storage.wakeups(), clock);
    }

    static Handlers handlers(Handler... all) {
        return new Handlers(List.of(all), new ObjectMapper());
    }

    static Handler waiting(String type, TaskHandler<Payload> handler) {
        return Handler.raw(type, Effort.WAITING, handler);
    }

    /** Looks at one queue as a poller does; returns the nanoseconds until it would look again. */
    long poll(WorkerStore ports, String queue) {
        WorkerSettings settings = new WorkerSettings("poller", Set.of(queue), 1, 1, 1, LEASE);
        return new Poller(ports, settings, new Slices(true), List.of(inbox)).runOnce();
    }

    /** Leases once from this queue, and begins to run what came. */
    void fetch(String queue) {
        inbox.add(queue);
        fetcher.runOnce();
    }

    /** One step for the queue whose turn it is. */
    void fetchNext() {
        fetcher.runOnce();
    }

    /** From now on time stands still for the settler, but for what is let pass; its last call was long ago. */
    void stopTime() {
        stopped.set(System.nanoTime() + SOON);
        nanos = stopped::get;
    }

    void passTime(Duration by) {
        stopped.addAndGet(by.toNanos());
    }

    /** Ends so many of the tasks in hand, as from outside their handlers. */
    void end(int count) {
        held.all().stream().filter(run -> !run.isOver()).limit(count).toList().forEach(run -> {
            run.end(Outcome.succeeded());
            settler.add(run);
        });
    }

    /** Waits until something ended or was noted, then tells the store. */
    void settleNext() {
        settler.bell().await(SOON);
        settler.runOnce();
    }

    /** As if nothing had been heard of these leases for so long. */
    void age(Duration by) {
        List<Run> runs = new ArrayList<>(held.all());
        runs.forEach(run -> run.kept(System.nanoTime() - by.toNanos()));
    }

    @Override
    public void close() {
        timeouts.stop();
        crew.stop();
    }
}
