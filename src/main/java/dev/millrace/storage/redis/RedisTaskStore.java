package dev.millrace.storage.redis;

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
import dev.millrace.task.NewTask;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tasks in Redis. A queue's waiting tasks are entries of streams with a consumer group, one stream for each priority and
 * type, from which they are deleted when they end or go back; the tasks themselves are records packed by batch. Every
 * change is one script.
 */
final class RedisTaskStore implements TaskStore {
    private final RedisSubmission submission;
    private final RedisRepeats repeats;
    private final RedisLeasing leasing;
    private final RedisSettling settling;
    private final RedisChanging changing;
    private final TaskLocator locator;
    private final RedisLists lists;
    private final Ahead ahead;
    private final RedisUpkeep upkeep;

    RedisTaskStore(RedisBase base) {
        TaskReader reader = new TaskReader(base);
        this.upkeep = new RedisUpkeep(base);
        this.submission = new RedisSubmission(base);
        this.repeats = new RedisRepeats(base);
        this.leasing = new RedisLeasing(base, reader, upkeep);
        this.settling = new RedisSettling(base, reader);
        this.locator = new TaskLocator(base, reader);
        this.changing = new RedisChanging(base, locator);
        this.lists = new RedisLists(base, reader);
        this.ahead = new Ahead(base, locator, reader);
    }

    @Override
    public List<List<Submitted>> submit(List<Batch> batches, Instant now) {
        return submission.submit(batches, now);
    }

    @Override
    public List<Optional<Submitted>> repeats(String queue, List<NewTask> tasks) {
        return repeats.of(queue, tasks);
    }

    @Override
    public List<Lease> lease(LeaseRequest request, Instant now) {
        return leasing.lease(request, now);
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements, Instant now) {
        return settling.settle(settlements, now);
    }

    @Override
    public List<Settled> extend(List<Extension> extensions, Instant now) {
        return settling.extend(extensions, now);
    }

    @Override
    public List<Settled> report(List<Report> reports, Instant now) {
        return settling.report(reports, now);
    }

    @Override
    public List<Changed> change(List<Change> changes, Instant now) {
        return changing.change(changes, now);
    }

    @Override
    public Map<TaskId, Task> find(List<TaskId> ids, boolean whole) {
        return locator.find(ids, whole);
    }

    @Override
    public Page list(TaskFilter filter, String cursor, int limit, Instant now) {
        return lists.list(filter, cursor, limit);
    }

    @Override
    public OptionalInt ahead(TaskId task, int limit) {
        return ahead.of(task, limit);
    }

    @Override
    public int tidy(String queue, int limit, Instant now) {
        return upkeep.tidy(queue, limit, now);
    }

    @Override
    public int prune(String queue, int limit, Instant now) {
        return upkeep.prune(queue, limit, now);
    }
}
