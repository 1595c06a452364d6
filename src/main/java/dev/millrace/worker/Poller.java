package dev.millrace.worker;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks each second which queues have something to do, since a wake-up may be lost, and just when the next task that it
 * has seen is due. Of very many queues it looks at those that were used last, and at a slice of the others in turns.
 */
final class Poller implements Loop.Step {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Queues asked about in one round trip. */
    private static final int SLICE = 100;
    /** Slices of the queues that were used last, looked at each time. */
    private static final int RECENT = 3;

    private final WorkerStore store;
    private final WorkerSettings settings;
    private final Slices slices;
    private final List<Inbox> inboxes;
    private int turn;

    Poller(WorkerStore store, WorkerSettings settings, Slices slices, List<Inbox> inboxes) {
        this.store = store;
        this.settings = settings;
        this.slices = slices;
        this.inboxes = inboxes;
    }

    /** Looks at every queue, whatever it costs; true when any may have something that is not under way already. */
    boolean lookAtAll() {
        List<String> names = served();
        boolean any = false;
        for (int slice = 0; slice < Math.ceilDiv(names.size(), SLICE); slice++) {
            for (QueueSnapshot queue : snapshots(names, slice, store.now())) {
                any |= offer(queue) && (queue.count(TaskState.READY) > 0 || queue.due() > 0);
            }
        }
        return any;
    }

    @Override
    public long runOnce() {
        if (!slices.anyOpen()) {
            return INTERVAL.toNanos();
        }
        List<String> names = served();
        Duration wait = INTERVAL;
        int slices = Math.ceilDiv(names.size(), SLICE);
        for (int slice = 0; slice < Math.min(slices, RECENT); slice++) {
            wait = look(names, slice, wait);
        }
        if (slices > RECENT) {
            wait = look(names, RECENT + turn++ % (slices - RECENT), wait);
        }
        return Math.max(TimeUnit.MILLISECONDS.toNanos(1), wait.toNanos());
    }

    private Duration look(List<String> names, int slice, Duration wait) {
        Instant now = store.now();
        Duration shortest = wait;
        for (QueueSnapshot queue : snapshots(names, slice, now)) {
            offer(queue);
            if (queue.nextDueAt() != null && queue.nextDueAt().isAfter(now)) {
                Duration untilDue = Duration.between(now, queue.nextDueAt());
                shortest = untilDue.compareTo(shortest) < 0 ? untilDue : shortest;
            }
        }
        return shortest;
    }

    private List<String> served() {
        // In an outage from memory.
        return store.queues().names().keySet().stream().filter(settings::serves).toList();
    }

    private List<QueueSnapshot> snapshots(List<String> names, int slice, Instant now) {
        return store.queues().findAll(names.subList(slice * SLICE, Math.min(names.size(), (slice + 1) * SLICE)), now);
    }

    private boolean offer(QueueSnapshot queue) {
        boolean hasWork = hasWork(queue);
        if (hasWork) {
            inboxes.forEach(inbox -> inbox.add(queue.name()));
        }
        return hasWork;
    }

    /** Also while something runs, since its lease may have expired: leasing takes it back. */
    private static boolean hasWork(QueueSnapshot queue) {
        return !queue.paused()
                && (queue.count(TaskState.READY) > 0 || queue.due() > 0 || queue.count(TaskState.RUNNING) > 0);
    }
}
