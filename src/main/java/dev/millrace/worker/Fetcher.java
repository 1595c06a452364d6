package dev.millrace.worker;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Leases tasks of one {@link Effort}, queue by queue in turns, as many as its crew can take. */
final class Fetcher implements Loop.Step {
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

    private final Leasing leasing;
    private final Inbox inbox;
    private final Held held;
    private final Crew crew;

    /** From where, how, and under whose leave. */
    record Leasing(WorkerStore store, WorkerSettings settings, Slices slices) {}

    Fetcher(Leasing leasing, Inbox inbox, Held held, Crew crew) {
        this.leasing = leasing;
        this.inbox = inbox;
        this.held = held;
        this.crew = crew;
    }

    @Override
    public long runOnce() {
        Slice slice = leasing.slices().next();
        int queues = inbox.size();
        if (slice == null || queues == 0) {
            return IDLE;
        }
        int max = slice.take(Math.min(leasing.settings().batch(), crew.room(queues)));
        if (max == 0) {
            return IDLE;
        }
        String queue = inbox.next();
        try {
            long at = System.nanoTime();
            List<Lease> leases = lease(queue, slice, max);
            if (leases.size() == max) {
                inbox.add(queue);
            }
            crew.run(held.take(leases, slice, at));
        } finally {
            inbox.done();
            leasing.slices().changed();
        }
        return 0;
    }

    private List<Lease> lease(String queue, Slice slice, int max) {
        int count = 0;
        try {
            List<Lease> leases =
                    inbox.lanes().map(lanes -> lease(queue, max, lanes)).orElse(List.of());
            count = leases.size();
            return leases;
        } catch (RuntimeException e) {
            inbox.add(queue);
            throw e;
        } finally {
            leasing.slices().leased(slice, max, count);
        }
    }

    private List<Lease> lease(String queue, int max, Lanes lanes) {
        WorkerSettings settings = leasing.settings();
        WorkerStore store = leasing.store();
        LeaseRequest request = new LeaseRequest(queue, max, settings.lease(), settings.worker(), lanes);
        return store.tasks().lease(request, store.now());
    }
}
