package dev.millrace.storage.redis;

import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.task.BatchId;
import dev.millrace.task.Needle;
import dev.millrace.task.TaskSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells which tasks a filter may let through from as little of them as will do: most of a walk is over before anything is
 * put together or read from beside the records.
 */
final class Sieve {
    private final TaskFilter filter;
    private final long createdUntil;
    private final Needle text;
    private Map<BatchId, StoredBatch> batches = Map.of();
    private final Map<BatchId, Boolean> holding = new HashMap<>();

    /**
     * @param createdUntil in milliseconds: what was created later is left out as well
     */
    Sieve(TaskFilter filter, long createdUntil) {
        this.filter = filter;
        this.createdUntil = createdUntil;
        this.text = filter.text() == null ? null : new Needle(filter.text());
    }

    /** In place of those that it knew before; null for one that is gone. */
    void know(Map<BatchId, StoredBatch> read) {
        batches = read;
        holding.clear();
    }

    /** Null when it is not known. */
    StoredBatch batch(TaskRef ref) {
        return batches.get(ref.batch());
    }

    /** False when the filter leaves the task out for sure; where it does not look at content, true when it does not. */
    boolean mayPass(TaskRef ref, TaskRecord record) {
        if (filter.failure() != null && !record.has(Flags.ERROR)) {
            return false;
        }
        boolean edited = record.has(Flags.OVERRIDE);
        StoredBatch batch = batches.get(ref.batch());
        if (text != null && !edited && !holds(ref.batch(), batch)) {
            return false;
        }
        TaskSpec spec = batch.spec(ref.index());
        return spec.origin().createdAt().toEpochMilli() <= createdUntil
                && filter.matchesMarks(spec)
                && (text == null || edited || text.isIn(spec.payload().json()));
    }

    private boolean holds(BatchId id, StoredBatch batch) {
        return holding.computeIfAbsent(id, one -> batch.mayContain(text));
    }
}
