package dev.millrace.storage.model;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Extension;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Verdict;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import dev.millrace.task.Unique;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a store has to answer and to keep, in a few hundred lines without a store. */
final class Model {
    private final Map<String, ModelQueue> queues = new LinkedHashMap<>();
    private final Map<BatchId, Came> batches = new HashMap<>();
    private final Map<TaskId, ModelTask> byServerId = new HashMap<>();
    private final ModelNames names = new ModelNames();
    private final ModelEnds ends = new ModelEnds();

    /** A batch that came: what was said of it, and its tasks, null where refused. */
    private static final class Came {
        private final List<Submitted> answers = new ArrayList<>();
        private final List<ModelTask> tasks = new ArrayList<>();
    }

    ModelQueue queue(String name) {
        return queues.computeIfAbsent(name, ModelQueue::new);
    }

    /**
     * @param told what the store answered, for what is the store's to choose
     */
    List<Submitted> submit(Batch batch, List<Submitted> told, Instant now) {
        Came before = batches.get(batch.id());
        if (before != null) {
            return before.answers;
        }
        Came came = new Came();
        ModelQueue queue = queue(batch.queue());
        for (int i = 0; i < batch.tasks().size(); i++) {
            NewTask task = batch.tasks().get(i);
            Submitted refusal = refusal(queue, task, told.get(i), now);
            ModelTask added = refusal == null ? add(queue, batch.id().at(i), task, now) : null;
            came.tasks.add(added);
            came.answers.add(refusal == null ? new Submitted.Created(added.id()) : refusal);
        }
        if (came.tasks.stream().anyMatch(task -> task != null)) {
            batches.put(batch.id(), came);
        }
        return came.answers;
    }

    private ModelTask add(ModelQueue queue, TaskId id, NewTask submitted, Instant now) {
        ModelTask task = new ModelTask(id, submitted, queue, now);
        byServerId.put(id, task);
        queue.tasks.add(task);
        queue.submitted(now);
        names.add(task, now);
        return task;
    }

    /** Null when nothing stands against the task; what it replaces is cancelled then. */
    private Submitted refusal(ModelQueue queue, NewTask task, Submitted told, Instant now) {
        Submitted known = names.known(queue, task, told);
        if (known != null) {
            return known;
        }
        if (told.equals(new Submitted.NamePending(task.name()))) {
            // Another queue let go of it within the last minute.
            return told;
        }
        Unique unique = task.spec().unique();
        ModelTask holder = unique == null ? null : names.holder(queue, unique.key(), now);
        if (holder != null && unique.mode() == Unique.Mode.RETURN) {
            return new Submitted.Existing(holder.id());
        }
        if (holder != null && (unique.mode() == Unique.Mode.REJECT || !ModelNames.replaceable(holder))) {
            return new Submitted.UniqueTaken(holder.id());
        }
        if (full(queue, task.spec())) {
            return new Submitted.QueueFull("");
        }
        if (holder != null) {
            ends.cancel(holder, Cause.REPLACED, now);
        }
        return null;
    }

    private static boolean full(ModelQueue queue, TaskSpec spec) {
        QueueConfig config = queue.config;
        return config.maxDepth() != null && queue.depth() >= config.maxDepth()
                || config.maxBytes() != null && queue.bytes(false) + spec.size() > config.maxBytes();
    }

    /** Something of the batch is there. */
    boolean keeps(BatchId batch) {
        return batches.containsKey(batch) && batches.get(batch).tasks.stream().anyMatch(Model::isThere);
    }

    /** What follows is another call than what was before. */
    void turn() {
        queues.values().forEach(ModelQueue::turns);
    }

    Settled settle(LeaseToken token, Verdict verdict, Instant now) {
        ModelTask task = there(token.task());
        if (task == null) {
            return Settled.NO_TASK;
        }
        Settled.Result result = ModelEnds.fence(task, token.generation(), verdict);
        if (result == Settled.Result.DONE) {
            ends.settle(task, verdict, now);
        }
        return new Settled(result, task.id(), task.state, task.generation);
    }

    Settled extend(Extension extension) {
        ModelTask task = there(extension.token().task());
        boolean holds = holds(task, extension.token());
        if (holds && !extension.until().equals(task.deadline)) {
            task.deadline = extension.until();
            task.revision++;
        }
        return answer(task, holds);
    }

    Settled report(Report report, Instant now) {
        ModelTask task = there(report.token().task());
        boolean holds = holds(task, report.token());
        if (holds) {
            task.revision++;
            task.progress = report.progress() == null ? task.progress : report.progress();
            if (!report.log().isEmpty()) {
                task.log(report.log(), now);
            }
        }
        return answer(task, holds);
    }

    private static boolean holds(ModelTask task, LeaseToken token) {
        return task != null && task.is(TaskState.RUNNING) && task.generation == token.generation();
    }

    private static Settled answer(ModelTask task, boolean holds) {
        return task == null
                ? Settled.NO_TASK
                : new Settled(
                        holds ? Settled.Result.DONE : Settled.Result.LOST, task.id(), task.state, task.generation);
    }

    Changed change(Change change, Instant now) {
        ModelTask task = find(change.id());
        if (task == null) {
            return new Changed(Changed.Result.NOT_FOUND, null);
        }
        if (change.ifRevision() != null && change.ifRevision() != task.revision) {
            return new Changed(Changed.Result.STALE, task.state);
        }
        Changed.Result result = switch (change) {
            case Change.Cancel c -> cancel(task, now);
            case Change.RunNow c -> runNow(task, now);
            case Change.Retry c -> retry(task, c, now);
            case Change.Delete c -> delete(task);
        };
        return new Changed(result, task.queue.tasks.contains(task) ? task.state : null);
    }

    private Changed.Result cancel(ModelTask task, Instant now) {
        if (task.state.terminal()) {
            return Changed.Result.ILLEGAL;
        }
        ends.cancel(task, Cause.CANCELLED, now);
        return Changed.Result.DONE;
    }

    private static Changed.Result runNow(ModelTask task, Instant now) {
        if (!task.is(TaskState.SCHEDULED)) {
            return Changed.Result.ILLEGAL;
        }
        task.tell(TaskState.READY, Cause.RUN_NOW, now, null);
        task.runAt = now;
        task.arrival = task.queue.returns();
        task.move(TaskState.READY, now);
        return Changed.Result.DONE;
    }

    private Changed.Result retry(ModelTask task, Change.Retry change, Instant now) {
        if (!task.state.terminal()) {
            return Changed.Result.ILLEGAL;
        }
        Unique unique = task.spec().unique();
        if (unique != null && names.holder(task.queue, unique.key(), now) != null) {
            return Changed.Result.UNIQUE_TAKEN;
        }
        names.claim(task, now);
        ends.retry(task, change.payload(), now);
        return Changed.Result.DONE;
    }

    private static Changed.Result delete(ModelTask task) {
        if (!task.state.terminal()) {
            return Changed.Result.ILLEGAL;
        }
        remove(task);
        return Changed.Result.DONE;
    }

    /** A queue was pruned, and these tasks went. */
    void pruned(ModelQueue queue, List<ModelTask> gone, Instant now) {
        gone.forEach(Model::remove);
        names.prune(queue, now);
    }

    private static void remove(ModelTask task) {
        task.queue.tasks.remove(task);
    }

    /** How many tasks moved. */
    int tidy(String queue, Instant now) {
        return ends.tidy(queue(queue), now);
    }

    /** The task of this public id, or of the one that the store made; null when it does not exist. */
    ModelTask find(TaskId id) {
        ModelTask made = there(id);
        return made != null ? made : names.named(id.value());
    }

    private ModelTask there(TaskId serverId) {
        ModelTask task = byServerId.get(serverId);
        return isThere(task) ? task : null;
    }

    private static boolean isThere(ModelTask task) {
        return task != null && task.queue.tasks.contains(task);
    }
}
