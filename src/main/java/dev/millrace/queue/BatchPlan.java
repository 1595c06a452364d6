package dev.millrace.queue;

import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import java.util.ArrayList;
import java.util.List;

/**
 * How tasks are spread over batches. A batch's bytes are kept until its last task is gone, so what waits long (delayed
 * tasks) does not travel with what ends soon, and a batch ends at {@link #BYTES}.
 *
 * @param groups indexes into the tasks, one list per batch
 */
record BatchPlan(List<List<Integer>> groups, int size) {
    static final int BYTES = 32 << 10;

    static BatchPlan of(List<NewTask> tasks) {
        Filling now = new Filling();
        Filling later = new Filling();
        for (int i = 0; i < tasks.size(); i++) {
            NewTask task = tasks.get(i);
            (task.spec().timing().runAt() == null ? now : later)
                    .add(i, task.spec().size());
        }
        List<List<Integer>> groups = new ArrayList<>(now.full);
        groups.addAll(later.full);
        return new BatchPlan(groups, tasks.size());
    }

    private static final class Filling {
        private final List<List<Integer>> full = new ArrayList<>();
        private int bytes;

        void add(int index, int size) {
            boolean open = !full.isEmpty() && full.getLast().size() < BatchId.LIMIT && bytes + size <= BYTES;
            if (!open) {
                full.add(new ArrayList<>());
                bytes = 0;
            }
            full.getLast().add(index);
            bytes += size;
        }
    }
}
