package dev.millrace.storage.sqlite;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskStore;
import dev.millrace.storage.sqlite.Transaction.Held;
import dev.millrace.task.Cause;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import dev.millrace.task.Unique;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;

/** Adds one batch. */
final class Submitting implements Writer.Unit<List<Submitted>> {
    private static final long MINUTE = 60_000;

    private final Batch submitted;
    private final byte[] specs;
    private final long now;

    Submitting(Batch batch, byte[] specs, Instant now) {
        this.submitted = batch;
        this.specs = specs;
        this.now = now.toEpochMilli();
    }

    @Override
    public List<Submitted> run(Transaction tx) throws SQLException {
        LiveBatch before = tx.batches.ofId(submitted.id());
        if (before != null) {
            return again(tx, before);
        }
        LiveQueue queue = home(tx);
        TaskRecord[] records = new TaskRecord[submitted.tasks().size()];
        Arrays.setAll(records, i -> refused());
        LiveBatch batch = LiveBatch.submitted(tx.sequence.next(), submitted.id(), queue.number, records);
        tx.batches.keep(batch);
        List<Submitted> answers = new ArrayList<>(records.length);
        int accepted = 0;
        for (int i = 0; i < records.length; i++) {
            NewTask task = submitted.tasks().get(i);
            Submitted refusal = refusal(tx, queue, task);
            if (refusal == null) {
                accept(tx, queue, batch, i);
                accepted++;
            }
            answers.add(refusal == null ? new Submitted.Created(submitted.publicId(i)) : refusal);
        }
        if (accepted > 0) {
            store(tx, queue, batch, answers);
            tx.series.submitted(queue, now, accepted);
        } else {
            tx.batches.forget(batch);
        }
        return answers;
    }

    private LiveQueue home(Transaction tx) throws SQLException {
        LiveQueue queue = tx.queues.of(submitted.queue());
        if (queue == null || queue.number != submitted.id().queueNumber()) {
            throw new MillraceException(
                    ErrorCode.QUEUE_NOT_FOUND,
                    "Queue " + submitted.queue() + " was deleted since these tasks got their ids.");
        }
        return queue;
    }

    private void store(Transaction tx, LiveQueue queue, LiveBatch batch, List<Submitted> answers) throws SQLException {
        for (int i = 0; i < batch.records.length; i++) {
            if (!batch.records[i].exists()) {
                tx.extras.put(batch, i, Extras.Kind.REFUSAL, Refusals.encode(answers.get(i)));
            }
        }
        tx.batches.add(batch, createdAt(), specs);
        if (now - queue.lastUsed >= MINUTE) {
            queue.lastUsed = now;
            queue.changed = true;
        }
    }

    private LongSummaryStatistics createdAt() {
        return submitted.tasks().stream()
                .mapToLong(task -> task.spec().origin().createdAt().toEpochMilli())
                .summaryStatistics();
    }

    /** The same answers once more, and nothing else. */
    private List<Submitted> again(Transaction tx, LiveBatch batch) throws SQLException {
        List<Submitted> answers = new ArrayList<>(submitted.tasks().size());
        for (int i = 0; i < submitted.tasks().size(); i++) {
            boolean refused = i >= batch.records.length || batch.records[i].state == TaskRecord.REFUSED;
            byte[] refusal = refused ? Extras.get(tx.sql, batch.task(i), Extras.Kind.REFUSAL) : null;
            answers.add(refusal == null ? new Submitted.Created(submitted.publicId(i)) : Refusals.decode(refusal));
        }
        return answers;
    }

    /** Null when nothing stands against the task. */
    private Submitted refusal(Transaction tx, LiveQueue queue, NewTask task) throws SQLException {
        Submitted refusal = new Recognition(tx.names, tx.batches::ofId).of(queue.number, task);
        Unique unique = task.spec().unique();
        Held holder = refusal != null || unique == null ? null : holder(tx, queue, unique);
        if (holder != null) {
            refusal = claimed(tx, holder, unique);
        }
        if (refusal == null) {
            refusal = full(queue, task.spec());
        }
        if (refusal == null && holder != null) {
            tx.cancel(holder, Cause.REPLACED, now);
        }
        return refusal;
    }

    private static Submitted full(LiveQueue queue, TaskSpec spec) {
        Long maxDepth = queue.config.maxDepth();
        if (maxDepth != null && queue.depth() >= maxDepth) {
            return new Submitted.QueueFull(
                    "The queue holds " + queue.depth() + " waiting tasks, and may hold " + maxDepth + ".");
        }
        Long maxBytes = queue.config.maxBytes();
        if (maxBytes != null && queue.waitingBytes + spec.size() > maxBytes) {
            return new Submitted.QueueFull("The queue's tasks have " + queue.waitingBytes + " bytes, and may have "
                    + maxBytes + " (maxBytes).");
        }
        LiveQueue.Lane lane = queue.lanes.get(spec.lane());
        if ((lane == null || lane.waiting == 0) && queue.waitingLanes >= TaskStore.LANES) {
            return new Submitted.QueueFull(
                    "Tasks of " + TaskStore.LANES + " types wait in the queue; it takes no more.");
        }
        return null;
    }

    /** The live task that holds the unique key; null when it is free. */
    private Held holder(Transaction tx, LiveQueue queue, Unique unique) throws SQLException {
        Names.Claim claim = tx.names.claim(queue.number, unique.key());
        if (claim == null || !claim.holdsAt(now)) {
            return null;
        }
        LiveBatch batch = tx.batches.ofSeq(claim.task() / LiveBatch.STRIDE);
        Held holder = batch == null ? null : tx.hold(batch, (int) (claim.task() % LiveBatch.STRIDE));
        return holder == null || holder.record().state().terminal() ? null : holder;
    }

    /** Null when the holder may be replaced. */
    private static Submitted claimed(Transaction tx, Held holder, Unique unique) throws SQLException {
        boolean replaces =
                unique.mode() == Unique.Mode.REPLACE && !holder.record().is(TaskState.RUNNING);
        if (replaces) {
            return null;
        }
        TaskId id = tx.names.publicId(holder.batch(), holder.index());
        return unique.mode() == Unique.Mode.RETURN ? new Submitted.Existing(id) : new Submitted.UniqueTaken(id);
    }

    private void accept(Transaction tx, LiveQueue queue, LiveBatch batch, int index) throws SQLException {
        NewTask task = submitted.tasks().get(index);
        TaskRecord record = record(task);
        record.lane = tx.queues.lane(queue, task.spec().lane(), tx.sequence).number;
        batch.records[index] = record;
        queue.count(record, 1);
        tx.stand(new Held(queue, batch, index, record), null);
        long fingerprint = task.spec().origin().fingerprint();
        if (task.name() != null) {
            tx.names.addName(batch, index, task.name(), fingerprint);
        }
        if (task.dedupeKey() != null) {
            tx.names.addKey(batch, index, task.dedupeKey(), fingerprint);
        }
        if (task.spec().unique() != null) {
            Unique unique = task.spec().unique();
            Long until = unique.ttl() == null ? null : now + unique.ttl().toMillis();
            tx.names.putClaim(queue.number, unique.key(), new Names.Claim(batch.task(index), until));
        }
    }

    private static TaskRecord refused() {
        TaskRecord record = new TaskRecord();
        record.state = TaskRecord.REFUSED;
        return record;
    }

    private TaskRecord record(NewTask task) {
        TaskSpec spec = task.spec();
        TaskRecord r = new TaskRecord();
        r.revision = 1;
        r.priority = spec.priority();
        r.size = spec.size();
        r.createdAt = spec.origin().createdAt().toEpochMilli();
        r.runAt = Math.max(r.createdAt, millis(spec.timing().runAt()));
        boolean later = millis(spec.timing().runAt()) > now;
        r.state = (later ? TaskState.SCHEDULED : TaskState.READY).code();
        r.readyAt = later ? TaskRecord.NONE : now;
        r.expiresAt = millis(spec.timing().expiresAt());
        r.keep = spec.timing().retention() == null
                ? TaskRecord.NONE
                : spec.timing().retention().toMillis();
        r.flags = TaskRecord.TELLS_SUBMITTED;
        r.set(TaskRecord.BORN_SCHEDULED, later);
        r.set(TaskRecord.NAMED, task.name() != null);
        r.set(TaskRecord.KEYED, task.dedupeKey() != null);
        r.set(TaskRecord.UNIQUE, spec.unique() != null);
        r.set(TaskRecord.AWAITED, spec.origin().awaited());
        return r;
    }

    private static long millis(Instant at) {
        return at == null ? TaskRecord.NONE : at.toEpochMilli();
    }
}
