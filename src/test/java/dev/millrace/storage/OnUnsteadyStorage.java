package dev.millrace.storage;

import dev.millrace.queue.Batch;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.BatchId;
import dev.millrace.testing.TaskBuilder;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The guarded stores of an application over a storage that fails when it is told to. */
abstract class OnUnsteadyStorage implements UnsteadyStorage.Mended {
    @Inject
    TaskStore tasks;

    @Inject
    QueueStore queues;

    @Inject
    InstantSource clock;

    @Inject
    CircuitBreakerMaintenance breakers;

    final Batch batch(String queue) {
        BatchId id = BatchId.make(now(), queues.open(queue, now()), ThreadLocalRandom.current());
        return new Batch(id, queue, List.of(TaskBuilder.aTask().build(now())));
    }

    final Instant now() {
        return clock.instant();
    }
}
