package dev.millrace.storage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What may go when a queue is pruned, and what has to. The store chooses among those that ended at one moment. */
final class ModelPrune {
    private final Model model;
    private final ModelQueue queue;
    private final Retention retention;
    private final Instant now;

    ModelPrune(Model model, ModelQueue queue, Instant now) {
        this.model = model;
        this.queue = queue;
        this.retention = queue.config.retention().over(Retention.DEFAULT);
        this.now = now;
    }

    void check(TaskStore store) {
        for (int round = 0; store.prune(queue.name, TaskStore.STEP, now) > 0; round++) {
            assertThat(round).as("rounds of pruning").isLessThan(100);
        }
        List<TaskId> asked = queue.tasks.stream().map(task -> task.serverId).toList();
        Set<TaskId> there =
                asked.isEmpty() ? Set.of() : store.find(asked, false).keySet();
        List<ModelTask> gone = new ArrayList<>();
        List<ModelTask> kept = new ArrayList<>();
        queue.tasks.forEach(task -> (there.contains(task.serverId) ? kept : gone).add(task));

        List<ModelTask> early = gone.stream().filter(task -> !isOver(task)).toList();
        assertThat(kept).as("kept past their time").noneMatch(this::isOver);
        assertThat(early).as("pruned before their time").allMatch(task -> task.state.terminal());
        model.pruned(queue, gone, now);
        Retention.STATES.forEach(state -> checkBounds(state, in(state, early), in(state, kept)));
    }

    /** Kept for as long as it asked for, else as long as its queue says. */
    private boolean isOver(ModelTask task) {
        if (!task.state.terminal()) {
            return false;
        }
        Duration own = task.spec().timing().retention();
        Duration queues = retention.of(task.state).age();
        return own != null ? !task.finishedAt.plus(own).isAfter(now) : task.finishedAt.isBefore(now.minus(queues));
    }

    private static List<ModelTask> in(TaskState state, List<ModelTask> tasks) {
        return tasks.stream().filter(task -> task.is(state)).toList();
    }

    /** Those that went before their time had to, and were the oldest of their state. */
    private void checkBounds(TaskState state, List<ModelTask> early, List<ModelTask> bounded) {
        Kept bounds = retention.of(state);
        List<ModelTask> movable = bounded.stream()
                .filter(task -> task.spec().timing().retention() == null)
                .toList();
        long bytes = bytes(bounded);
        assertThat(movable.isEmpty() || !bounds.isExceededBy(bounded.size(), bytes))
                .as("%d %s tasks of %d bytes are kept", bounded.size(), state, bytes)
                .isTrue();
        ModelTask last = early.stream()
                .max((a, b) -> a.finishedAt.compareTo(b.finishedAt))
                .orElse(null);
        if (last != null) {
            assertThat(movable)
                    .as("older than %s, which went", last)
                    .allMatch(task -> !task.finishedAt.isBefore(last.finishedAt));
            assertThat(bounds.isExceededBy(bounded.size() + 1, bytes + largest(early)))
                    .as("%s did not have to go", last)
                    .isTrue();
        }
    }

    private static long bytes(List<ModelTask> tasks) {
        return tasks.stream().mapToLong(task -> task.spec().size()).sum();
    }

    private static long largest(List<ModelTask> tasks) {
        return tasks.stream().mapToLong(task -> task.spec().size()).max().orElse(0);
    }
}
