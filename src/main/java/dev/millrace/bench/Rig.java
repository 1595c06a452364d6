package dev.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.queue.QueueRoom;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.storage.Storage;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskState;
import dev.millrace.worker.Effort;
import dev.millrace.worker.Handler;
import dev.millrace.worker.Handlers;
import dev.millrace.worker.Worker;
import dev.millrace.worker.WorkerSettings;
import dev.millrace.worker.WorkerStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A store with the doors before it and a worker beside it, put together as a server puts them together. */
final class Rig {
    static final String QUEUE = "bench";

    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Storage storage;
    private final QueueRoom room;

    Rig(Storage storage) {
        this.storage = storage;
        this.room = QueueRoom.over(storage.tasks(), storage.queues(), storage.clock());
    }

    Storage storage() {
        return storage;
    }

    QueueRoom doors() {
        return room;
    }

    /** Starts a worker that tells of each task it runs; closing it waits for what runs. */
    Working work(int batch, Consumer<Payload> started) {
        Handler noop = Handler.raw(Load.TYPE, Effort.INSTANT, (payload, context) -> {
            started.accept(payload);
            return Outcome.succeeded();
        });
        Worker worker = new Worker(
                new WorkerStore(storage.tasks(), storage.queues(), storage.wakeups(), storage.clock()),
                new Handlers(List.of(noop), new ObjectMapper()),
                new WorkerSettings("bench", Set.of(QUEUE), 64, 1, batch, LEASE));
        worker.start();
        return () -> worker.stop(DRAIN);
    }

    QueueSnapshot queue() {
        return room.queues().find(QUEUE).orElseThrow();
    }

    /** Until no task waits or runs. */
    void awaitEnd() {
        QueueSnapshot now = queue();
        while (now.count(TaskState.READY) + now.count(TaskState.RUNNING) + now.count(TaskState.SCHEDULED) > 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            now = queue();
        }
    }

    /** A worker that works until it is closed. */
    interface Working extends AutoCloseable {
        @Override
        void close();
    }
}
