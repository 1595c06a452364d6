package dev.millrace.storage.redis;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.task.BatchId;
import dev.millrace.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page of a list that is sorted, while it is put together. */
final class SortedPage {
    private final TaskReader reader;
    private final TaskFilter filter;
    private final int limit;
    private final List<Task> tasks = new ArrayList<>();
    private Instant scannedTo;
    private int looked;

    SortedPage(TaskReader reader, TaskFilter filter, int limit) {
        this.reader = reader;
        this.filter = filter;
        this.limit = limit;
    }

    /**
     * A task and its place in the list.
     *
     * @param ms the time that the list is sorted by
     */
    record Placed(TaskRef ref, long ms) {}

    static List<TaskRef> refs(List<Placed> some) {
        return some.stream().map(Placed::ref).toList();
    }

    /** As many as are looked at together. */
    int together() {
        return filter.isCounted() ? Math.min(limit, RedisLists.TOGETHER) : RedisLists.TOGETHER;
    }

    /**
     * Reads so many bytes of batches, and of so many tasks, at once.
     *
     * @param end whether nothing comes after these
     * @return the page, once it is full or enough was looked at; null before
     */
    Page look(List<Placed> some, Map<TaskRef, TaskRecord> records, boolean end) {
        for (int from = 0; from < some.size(); ) {
            List<Placed> next = some.subList(from, Math.min(some.size(), from + together()));
            Map<BatchId, StoredBatch> batches = reader.blobs(filter.queue(), refs(next), RedisLists.BATCH_BYTES);
            Map<TaskRef, TaskRecord> held = new LinkedHashMap<>();
            next.stream()
                    .takeWhile(placed -> batches.containsKey(placed.ref().batch()))
                    .forEach(placed -> held.put(placed.ref(), records.get(placed.ref())));
            Map<TaskRef, Task> read = reader.assemble(filter.queue(), held, batches, false);
            for (Placed placed : next.subList(0, held.size())) {
                from++;
                take(placed, read.get(placed.ref()));
                if (isEnough() && !(end && from == some.size())) {
                    return new Page(tasks, ListCursor.of(placed.ms(), placed.ref()), scannedTo);
                }
            }
        }
        return null;
    }

    /**
     * @param task null where there is none any more
     */
    private void take(Placed placed, Task task) {
        scannedTo = Instant.ofEpochMilli(placed.ms());
        if (task != null) {
            looked++;
            if (filter.matches(task)) {
                tasks.add(task);
            }
        }
    }

    private boolean isEnough() {
        return tasks.size() == limit || looked >= TaskFilter.WALK;
    }

    /** What there is of it when nothing comes any more. */
    Page last() {
        return new Page(tasks, null, scannedTo);
    }
}
