package dev.millrace.queue;

import dev.millrace.task.BatchId;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

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

    /** The client's name for a task, else the id that the server made. */
    public TaskId publicId(int index) {
        TaskId name = tasks.get(index).name();
        return name != null ? name : id.at(index);
    }

    /** {@link Submitted#notSent} for every task. */
    public List<Submitted> notSent(MillraceException why) {
        return Collections.nCopies(tasks.size(), Submitted.notSent(why));
    }

    /** {@link Submitted#notAnswered} for every task. */
    public List<Submitted> notAnswered(MillraceException why) {
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> Submitted.notAnswered(publicId(i), why))
                .toList();
    }
}
