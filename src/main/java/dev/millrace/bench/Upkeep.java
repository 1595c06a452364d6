package dev.millrace.bench;

import dev.millrace.queue.TaskStore;
import dev.millrace.storage.Storage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What the scheduler role does beside the work: tidies and prunes, with the default retention. */
final class Upkeep implements AutoCloseable {
    private static final int SLICES = 100;

    private final Storage storage;
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(1, Thread.ofVirtual().factory());

    Upkeep(Storage storage) {
        this.storage = storage;
        timer.scheduleWithFixedDelay(this::tidy, 1, 1, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(this::prune, 5, 5, TimeUnit.SECONDS);
    }

    private void tidy() {
        storage.tasks().tidy(Rig.QUEUE, TaskStore.STEP, storage.clock().instant());
    }

    private void prune() {
        for (int slice = 0; slice < SLICES; slice++) {
            int removed = storage.tasks()
                    .prune(Rig.QUEUE, TaskStore.STEP, storage.clock().instant());
            if (removed < TaskStore.STEP) {
                return;
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        timer.close();
    }
}
