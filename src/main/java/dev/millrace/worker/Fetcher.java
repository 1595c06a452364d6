package dev.millrace.worker;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * What came of a lease.
     *
     * @param all see {@link Crew#leased}
     */
    private record Brought(List<Lease> leases, boolean all) {
        static final Brought NOTHING = new Brought(List.of(), false);
    }

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
            Brought brought = lease(queue, slice, max);
            if (brought.leases.size() == max) {
                inbox.add(queue);
            }
            crew.leased(queue, brought.all);
            crew.run(held.take(brought.leases, slice, at));
        } finally {
            inbox.done();
            leasing.slices().changed();
        }
        return 0;
    }

    /** Whether nothing that was asked for stayed behind; closed lanes may have anything. */
    private static boolean isAll(List<Lease> leases, Lanes asked) {
        if (!(asked instanceof Lanes.Destinations open)) {
            return true;
        }
        Map<String, Integer> left = new HashMap<>(open.limits());
        for (Lease lease : leases) {
            String destination = lease.task().spec().destination();
            left.put(destination, left.getOrDefault(destination, open.each()) - 1);
        }
        return left.values().stream().allMatch(more -> more > 0);
    }

    private Brought lease(String queue, Slice slice, int max) {
        int count = 0;
        try {
            Brought brought = inbox.lanes()
                    .map(lanes -> brought(lease(queue, max, lanes), max, lanes))
                    .orElse(Brought.NOTHING);
            count = brought.leases.size();
            return brought;
        } catch (RuntimeException e) {
            inbox.add(queue);
            throw e;
        } finally {
            leasing.slices().leased(slice, max, count);
        }
    }

    private static Brought brought(List<Lease> leases, int max, Lanes asked) {
        return new Brought(leases, leases.size() < max && isAll(leases, asked));
    }

    private List<Lease> lease(String queue, int max, Lanes lanes) {
        WorkerSettings settings = leasing.settings();
        WorkerStore store = leasing.store();
        LeaseRequest request = new LeaseRequest(queue, max, settings.lease(), settings.worker(), lanes);
        return store.tasks().lease(request, store.now());
    }
}
