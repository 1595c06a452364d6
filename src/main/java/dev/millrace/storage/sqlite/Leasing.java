package dev.millrace.storage.sqlite;

import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.TaskStore;
import dev.millrace.storage.sqlite.Finding.Found;
import dev.millrace.storage.sqlite.Transaction.Held;
import dev.millrace.task.TaskState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Hands out tasks of one queue. */
final class Leasing implements Writer.Unit<Leasing.Hand> {
    private final LeaseRequest request;
    private final long now;

    Leasing(LeaseRequest request, Instant now) {
        this.request = request;
        this.now = now.toEpochMilli();
    }

    /** A task that was leased, as it was right then. */
    record Handed(Found found) {
        LeaseToken token() {
            return new LeaseToken(found.batch().serverId(found.index()), found.record().generation);
        }
    }

    /**
     * What a lease gets.
     *
     * @param following batches that will be leased next, as far as they are known
     */
    record Hand(List<Handed> tasks, List<Long> following) {}

    @Override
    public Hand run(Transaction tx) throws SQLException {
        LiveQueue queue = tx.queues.of(request.queue());
        if (queue == null || queue.paused) {
            return new Hand(List.of(), List.of());
        }
        new Upkeep(tx, queue, TaskStore.STEP, now).run();
        int max = most(queue);
        if (max == 0) {
            return new Hand(List.of(), List.of());
        }
        List<Handed> handed = new ArrayList<>(max);
        LiveBatch seen = null;
        Line line = new Line(tx, queue, now);
        for (Held task : line.first(request.lanes(), max)) {
            take(tx, task);
            seen = seen != null && seen.seq == task.batch().seq ? seen : outline(task.batch());
            TaskRecord record = task.record().copy();
            record.worker = 0;
            handed.add(new Handed(new Found(seen, task.index(), record)));
        }
        if (queue.config.rate() != null && !handed.isEmpty()) {
            queue.bucketFull = queue.config.rate().spent(queue.bucketFull, now, handed.size());
        }
        return new Hand(handed, line.following());
    }

    private int most(LiveQueue queue) {
        long most = Math.min(request.max(), queue.room());
        RateLimit rate = queue.config.rate();
        if (rate == null) {
            return (int) most;
        }
        long bounded = rate.bounded(queue.bucketFull, now);
        queue.changed |= bounded < queue.bucketFull;
        queue.bucketFull = bounded;
        return (int) Math.clamp(rate.allowed(bounded, now), 0, most);
    }

    /** What of a batch may leave the writer's thread. */
    private LiveBatch outline(LiveBatch batch) {
        RecordCodec.Decoded alone = new RecordCodec.Decoded(new TaskRecord[0], List.of(request.worker()));
        return new LiveBatch(batch.seq, batch.id, batch.queue, alone, null);
    }

    private void take(Transaction tx, Held task) throws SQLException {
        TaskRecord r = task.record();
        LiveBatch batch = task.batch();
        r.generation++;
        r.attempts++;
        r.startedAt = now;
        r.deadline = now + request.lease().toMillis();
        r.worker = batch.workerNumber(request.worker());
        r.expiresAt = TaskRecord.NONE;
        r.ending = TaskRecord.Ending.NONE;
        r.set(TaskRecord.TELLS_LEASED, true);
        tx.extras.put(batch, task.index(), Extras.Kind.PROGRESS, null);
        tx.move(task, TaskState.RUNNING, now);
        tx.series.started(task.queue(), now, now - r.readyAt);
    }
}
