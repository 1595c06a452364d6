package dev.millrace.storage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.storage.Storage;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Scene;
import dev.millrace.testing.StoreInvariants;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Compares what a store keeps with what its model does. */
final class Audit {
    private static final Duration SERIES = Duration.ofHours(2);

    private final Model model;
    private final Scene scene;
    private final Chance chance;

    Audit(Model model, Scene scene, Chance chance) {
        this.model = model;
        this.scene = scene;
        this.chance = chance;
    }

    /** The counters, and some tasks. */
    void glance(Storage storage, List<TaskId> ids) {
        scene.queues().forEach(queue -> counters(storage, model.queue(queue)));
        tasks(storage, chance.some(ids, 20));
    }

    /** Everything. */
    void all(Storage storage, List<TaskId> ids) {
        scene.queues().forEach(queue -> {
            counters(storage, model.queue(queue));
            tasks(storage, model.queue(queue).tasks.stream().map(ModelTask::id).toList());
            minutes(storage, model.queue(queue));
        });
        tasks(storage, List.copyOf(new HashSet<>(ids.subList(Math.max(0, ids.size() - 500), ids.size()))));
        new StoreInvariants(storage, scene.clock().instant()).check(scene.queues());
    }

    private void counters(Storage storage, ModelQueue queue) {
        QueueSnapshot snapshot =
                storage.queues().find(queue.name, scene.clock().instant()).orElseThrow();
        for (TaskState state : TaskState.values()) {
            assertThat(snapshot.count(state)).as("counter of %s", state).isEqualTo(queue.count(state));
        }
        assertThat(snapshot.paused()).isEqualTo(queue.paused);
        assertThat(snapshot.waitingBytes()).as("waiting bytes").isEqualTo(queue.bytes(false));
        assertThat(snapshot.keptBytes()).as("kept bytes").isEqualTo(queue.bytes(true));
        snapshot.endedBytes()
                .forEach((state, bytes) -> assertThat(bytes)
                        .as("bytes of %s", state)
                        .isEqualTo(queue.in(state).stream()
                                .mapToLong(task -> task.spec().size())
                                .sum()));
        assertThat(snapshot.oldestReadyAt())
                .as("oldest ready")
                .isEqualTo(queue.in(TaskState.READY).stream()
                        .map(task -> task.readyAt)
                        .min(Instant::compareTo)
                        .orElse(null));
        assertThat(snapshot.nextDueAt())
                .as("next due")
                .isEqualTo(queue.in(TaskState.SCHEDULED).stream()
                        .map(task -> task.runAt)
                        .min(Instant::compareTo)
                        .orElse(null));
    }

    private void tasks(Storage storage, List<TaskId> asked) {
        Map<TaskId, Task> found = asked.isEmpty() ? Map.of() : storage.tasks().find(asked, true);
        for (TaskId id : asked) {
            Task there = found.get(id);
            ModelTask wanted = model.find(id);
            assertThat(there == null)
                    .as("%s is gone, the model has %s", id, wanted)
                    .isEqualTo(wanted == null);
            if (there != null) {
                assertThat(Plain.of(there)).isEqualTo(Plain.of(wanted.whole()));
            }
        }
    }

    private void minutes(Storage storage, ModelQueue queue) {
        Instant now = scene.clock().instant();
        Instant from = now.minus(SERIES).truncatedTo(ChronoUnit.MINUTES);
        assertThat(storage.series().minutes(queue.name, from, now.plusSeconds(60)))
                .usingRecursiveComparison()
                .isEqualTo(queue.minutes(from));
    }
}
