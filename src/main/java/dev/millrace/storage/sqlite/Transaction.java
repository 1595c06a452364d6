package dev.millrace.storage.sqlite;

import dev.millrace.storage.sqlite.MinuteCounts.End;
import dev.millrace.storage.sqlite.TaskRecord.Ending;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.sql.SQLException;
import java.time.Instant;

/** All that the writer works with: what it read and changed, and what it must write before the commit. */
final class Transaction {
    final Statements sql;
    final Sequence sequence;
    final LiveQueues queues;
    final LiveBatches batches;
    final Cohorts cohorts;
    final Names names;
    final History history;
    final Extras extras;
    final Series series;
    final Failures failures;
    final Announcements announcements = new Announcements();

    Transaction(Statements sql) {
        this.sql = sql;
        this.sequence = new Sequence(sql);
        this.queues = new LiveQueues(sql);
        this.batches = new LiveBatches(sql);
        this.cohorts = new Cohorts(sql, sequence);
        this.names = new Names(sql);
        this.history = new History(sql);
        this.extras = new Extras(sql);
        this.series = new Series(sql);
        this.failures = new Failures(sql);
    }

    /** Writes what is still in memory alone. */
    void write() throws SQLException {
        cohorts.write();
        batches.write();
        queues.write();
        series.write();
    }

    /** After a rollback. */
    void forget() {
        sequence.forget();
        cohorts.forget();
        batches.forget();
        queues.forget();
        series.forget();
        announcements.forget();
    }

    /** One task, with all that belongs to it. */
    record Held(LiveQueue queue, LiveBatch batch, int index, TaskRecord record) {
        TaskId serverId() {
            return batch.serverId(index);
        }

        long task() {
            return batch.task(index);
        }

        String type() {
            LiveQueue.Lane lane = queue.lanesByNumber.get(record.lane);
            return lane == null ? "" : lane.type;
        }
    }

    /** Null when there is no such task, or its queue was deleted. */
    Held find(TaskId serverId) throws SQLException {
        BatchId id = BatchId.of(serverId).orElse(null);
        LiveBatch batch = id == null ? null : batches.ofId(id);
        return batch == null ? null : hold(batch, BatchId.index(serverId));
    }

    /** Under whichever of its ids; null when there is no such task. */
    Held findPublic(TaskId id) throws SQLException {
        Held made = find(id);
        if (made != null) {
            return made;
        }
        Names.Known known = names.byName(id);
        LiveBatch batch = known == null ? null : batches.ofId(known.batch());
        return batch == null ? null : hold(batch, known.index());
    }

    Held hold(LiveBatch batch, int index) throws SQLException {
        TaskRecord record = batch.existing(index);
        LiveQueue queue = record == null ? null : queues.of(batch.queue);
        return queue == null ? null : new Held(queue, batch, index, record);
    }

    /** Writes an irregular event; must come before {@link #move}. */
    void tell(Held task, TaskState state, Cause cause, long now, String message) throws SQLException {
        TaskRecord r = task.record;
        String worker = r.is(TaskState.RUNNING) ? task.batch.worker(r) : null;
        Event event = new Event(Instant.ofEpochMilli(now), state, cause, r.attempts, worker, message);
        history.write(task.batch, task.index, event);
    }

    /**
     * Takes a task to another state, whose times the change has set (the end's is set here): counters, line, names and
     * unique key follow.
     */
    void move(Held task, TaskState next, long now) throws SQLException {
        TaskRecord r = task.record;
        TaskState from = r.state();
        if (!from.canBecome(next)) {
            throw new IllegalStateException("A task cannot go from " + from + " to " + next);
        }
        boolean full = task.queue.room() == 0;
        rise(task);
        batches.touch(task.batch);
        cohorts.leave(task.batch, r);
        task.queue.count(r, -1);
        r.state = next.code();
        r.finishedAt = next.terminal() ? now : TaskRecord.NONE;
        r.deadline = next == TaskState.RUNNING ? r.deadline : TaskRecord.NONE;
        r.revision++;
        task.queue.count(r, 1);
        rose(task.queue, from);
        if (next.terminal()) {
            end(task, now);
        }
        stand(task, from.code());
        if (full && task.queue.room() > 0 && task.queue.count(TaskState.READY) > 0) {
            announcements.ready(task.queue.name);
        }
    }

    private void end(Held task, long now) throws SQLException {
        TaskRecord r = task.record;
        if (r.has(TaskRecord.NAMED | TaskRecord.KEYED)) {
            names.setEnded(task.task(), now);
        }
        if (r.has(TaskRecord.UNIQUE)) {
            names.dropClaim(task.task());
        }
        if (r.has(TaskRecord.AWAITED)) {
            announcements.ended(task.serverId());
        }
    }

    /** Puts a task where its record says, and remembers by when its queue must be looked at. */
    void stand(Held task, Integer was) throws SQLException {
        TaskRecord r = task.record;
        LiveQueue queue = task.queue;
        cohorts.join(task.batch, r, was);
        switch (r.state()) {
            case SCHEDULED -> queue.dueFrom = Math.min(queue.dueFrom, r.runAt);
            case READY -> announcements.ready(queue.name);
            case RUNNING -> queue.deadlineFrom = Math.min(queue.deadlineFrom, r.deadline);
            default -> {}
        }
        if (r.expiresAt != TaskRecord.NONE) {
            queue.expiresFrom = Math.min(queue.expiresFrom, r.expiresAt);
        }
    }

    /**
     * Keeps the error and counts it; must come before {@link #move}.
     *
     * @param dies of it
     */
    void fail(Held task, TaskError error, boolean dies, long now) throws SQLException {
        int queue = task.queue.number;
        TaskId sample = names.publicId(task.batch, task.index);
        String fingerprint = failures.count(queue, task.type(), error, sample, now);
        extras.put(task.batch, task.index, Extras.Kind.ERROR, Extras.encode(error, fingerprint));
        if (dies) {
            failures.fall(queue, fingerprint);
        }
    }

    /** A task is about to leave its end: nothing, unless it was dead. */
    private void rise(Held task) throws SQLException {
        String fingerprint = task.record.is(TaskState.DEAD) ? Extras.fingerprint(sql, task.task(), task.record) : null;
        if (fingerprint != null) {
            failures.rise(task.queue.number, fingerprint, task.record.finishedAt);
        }
    }

    /** A task has left this state. */
    private void rose(LiveQueue queue, TaskState from) throws SQLException {
        if (from == TaskState.DEAD && queue.count(TaskState.DEAD) == 0) {
            failures.clear(queue.number);
        }
    }

    /** Back to the end of its line. */
    void makeReady(Held task, long now) throws SQLException {
        task.record.readyAt = now;
        move(task, TaskState.READY, now);
    }

    /** Ended from outside: not by a worker. */
    void cancel(Held task, Cause cause, long now) throws SQLException {
        boolean running = task.record.is(TaskState.RUNNING);
        tell(task, TaskState.CANCELLED, cause, now, null);
        if (running) {
            task.record.ending = Ending.CUT;
            announcements.cancelled(task.serverId());
        }
        move(task, TaskState.CANCELLED, now);
        series.ended(task.queue, now, task.type(), End.CANCELLED);
    }

    /** Takes an ended task away; its name and key stay known for their time. */
    void remove(Held task, long now) throws SQLException {
        TaskRecord r = task.record;
        rise(task);
        batches.touch(task.batch);
        cohorts.leave(task.batch, r);
        task.queue.count(r, -1);
        rose(task.queue, r.state());
        if (r.has(TaskRecord.HAS_EXTRAS)) {
            extras.delete(task.task());
            history.delete(task.task());
        }
        if (r.has(TaskRecord.NAMED | TaskRecord.KEYED)) {
            names.setGone(task.task());
        }
        r.state = TaskRecord.GONE;
        if (task.batch.empty()) {
            batches.bury(task.batch, now);
        }
    }
}
