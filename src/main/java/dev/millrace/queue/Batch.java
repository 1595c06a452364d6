package dev.millrace.queue;

import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import java.util.List;

/**
 * Tasks of one queue that are submitted together. The task at index i gets the id {@code id.at(i)} beside any name that
 * its client gave it.
 *
 * @param id made before the store is called; submitting the same batch again changes nothing
 * @param tasks 1 to {@link BatchId#LIMIT}
 */
public record Batch(BatchId id, String queue, List<NewTask> tasks) {
    public Batch {
        if (tasks.isEmpty() || tasks.size() > BatchId.LIMIT) {
            throw new IllegalArgumentException("A batch holds 1 to " + BatchId.LIMIT + " tasks, not " + tasks.size());
        }
    }
}
