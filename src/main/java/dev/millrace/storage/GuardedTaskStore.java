package dev.millrace.storage;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Extension;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Page;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tasks behind the breaker. What got no answer is repeated, but not a lease (the first may hold the tasks) or a change
 * (the second answer would refuse what the first did).
 */
@ApplicationScoped
class GuardedTaskStore implements TaskStore {
    private final TaskStore raw;
    private final StoreCalls calls;

    GuardedTaskStore(OpenStorage storage, StoreCalls calls) {
        this.raw = storage.raw().tasks();
        this.calls = calls;
    }

    @Override
    public List<List<Submitted>> submit(List<Batch> batches, Instant now) {
        SubmitTries tries = new SubmitTries(raw, batches, now);
        try {
            calls.call("submit", tries::run);
            return tries.answers();
        } catch (MillraceException e) {
            return tries.answersAfter(e);
        }
    }

    @Override
    public List<Optional<Submitted>> repeats(String queue, List<NewTask> tasks) {
        return calls.call("repeats", () -> raw.repeats(queue, tasks));
    }

    @Override
    public List<Lease> lease(LeaseRequest request, Instant now) {
        return calls.once("lease", () -> raw.lease(request, now));
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements, Instant now) {
        AtomicInteger tries = new AtomicInteger();
        List<Settled> answers = calls.call("settle", () -> {
            tries.incrementAndGet();
            return raw.settle(settlements, now);
        });
        return tries.get() == 1 ? answers : answers.stream().map(Settled::first).toList();
    }

    @Override
    public List<Settled> extend(List<Extension> extensions, Instant now) {
        return calls.call("extend", () -> raw.extend(extensions, now));
    }

    @Override
    public List<Settled> report(List<Report> reports, Instant now) {
        return calls.call("report", () -> raw.report(reports, now));
    }

    @Override
    public List<Changed> change(List<Change> changes, Instant now) {
        return calls.once("change", () -> raw.change(changes, now));
    }

    @Override
    public Map<TaskId, Task> find(List<TaskId> ids, boolean whole) {
        return calls.call("find", () -> raw.find(ids, whole));
    }

    @Override
    public Page list(TaskFilter filter, String cursor, int limit, Instant now) {
        return calls.call("list", () -> raw.list(filter, cursor, limit, now));
    }

    @Override
    public OptionalInt ahead(TaskId task, int limit) {
        return calls.call("ahead", () -> raw.ahead(task, limit));
    }

    @Override
    public int tidy(String queue, int limit, Instant now) {
        return calls.call("tidy", () -> raw.tidy(queue, limit, now));
    }

    @Override
    public int prune(String queue, int limit, Instant now) {
        return calls.call("prune", () -> raw.prune(queue, limit, now));
    }
}
