package dev.millrace.worker;

import dev.millrace.queue.Extension;
import dev.millrace.queue.Settled;
import dev.millrace.queue.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the leases of what still runs: once one has gone a third of its time without a sign of life, it and all that are
 * half as old are extended in one call. What the store says is lost is stopped.
 */
final class LeaseKeeper implements Loop.Step {
    private static final long LONGEST_TICK = TimeUnit.SECONDS.toNanos(1);

    private final WorkerStore store;
    private final Held held;
    private final Timeouts timeouts;
    private final Duration lease;

    LeaseKeeper(WorkerStore store, Held held, Timeouts timeouts, Duration lease) {
        this.store = store;
        this.held = held;
        this.timeouts = timeouts;
        this.lease = lease;
    }

    @Override
    public long runOnce() {
        long now = System.nanoTime();
        long due = lease.toNanos() / 3;
        List<Run> aging = new ArrayList<>();
        boolean anyDue = false;
        for (Run run : held.all()) {
            if (run.isOverdue()) {
                timeouts.expire(run);
            } else if (!run.isOver() && run.keptFor(now) >= due / 2) {
                aging.add(run);
                anyDue |= run.keptFor(now) >= due;
            }
        }
        if (anyDue) {
            extend(aging);
        }
        return Math.min(LONGEST_TICK, due / 4);
    }

    private void extend(List<Run> runs) {
        for (int from = 0; from < runs.size(); from += TaskStore.STEP) {
            extendStep(runs.subList(from, Math.min(runs.size(), from + TaskStore.STEP)));
        }
    }

    private void extendStep(List<Run> runs) {
        long at = System.nanoTime();
        Instant now = store.now();
        List<Extension> extensions = runs.stream()
                .map(run -> new Extension(run.token(), now.plus(lease)))
                .toList();
        List<Settled> answers = store.tasks().extend(extensions, now);
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).holds()) {
                runs.get(i).kept(at);
            } else {
                held.lost(runs.get(i));
            }
        }
    }
}
