package dev.millrace.worker;

import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Leases tasks of one {@link Effort}, queue by queue in turns, as many as its crew can take. */
final class Fetcher implements Loop.Step {
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

    private final WatchedStore store;
    private final WorkerSettings settings;
    private final Inbox inbox;
    private final Held held;
    private final Crew crew;

    Fetcher(WatchedStore store, WorkerSettings settings, Inbox inbox, Held held, Crew crew) {
        this.store = store;
        this.settings = settings;
        this.inbox = inbox;
        this.held = held;
        this.crew = crew;
    }

    @Override
    public long runOnce() {
        int room = crew.room(Math.max(1, inbox.size()));
        String queue = room > 0 ? inbox.next() : null;
        if (queue == null) {
            return IDLE;
        }
        int max = Math.min(settings.batch(), room);
        long at = System.nanoTime();
        List<Lease> leases = lease(queue, max);
        if (leases.size() == max) {
            inbox.add(queue);
        }
        crew.run(held.take(leases, at));
        return 0;
    }

    private List<Lease> lease(String queue, int max) {
        LeaseRequest request = new LeaseRequest(queue, max, settings.lease(), settings.worker(), inbox.types());
        try {
            return store.lease(request);
        } catch (RuntimeException e) {
            inbox.add(queue);
            throw e;
        }
    }
}
