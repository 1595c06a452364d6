package dev.millrace.worker;

import dev.millrace.queue.Extension;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Task;
import java.time.Instant;
import java.util.List;

/** What a worker asks of the store. */
final class WorkerCalls {
    private final WorkerStore store;

    WorkerCalls(WorkerStore store) {
        this.store = store;
    }

    static boolean isAway(Throwable e) {
        return e instanceof MillraceException known && known.code() == ErrorCode.STORE_UNAVAILABLE;
    }

    Instant now() {
        return store.clock().instant();
    }

    List<Lease> lease(LeaseRequest request) {
        return store.tasks().lease(request, now());
    }

    List<Settled> settle(List<Settlement> settlements, Instant now) {
        return store.tasks().settle(settlements, now);
    }

    /** The attempt ended so, and the store has it. */
    void ended(Task task, Verdict verdict) {
        store.tally().ended(task, verdict);
    }

    List<Settled> extend(List<Extension> extensions, Instant now) {
        return store.tasks().extend(extensions, now);
    }

    void report(List<Report> reports, Instant now) {
        store.tasks().report(reports, now);
    }

    /** In an outage from memory. */
    List<String> queues() {
        return List.copyOf(store.queues().names().keySet());
    }

    List<QueueSnapshot> look(List<String> queues, Instant now) {
        return store.queues().findAll(queues, now);
    }
}
