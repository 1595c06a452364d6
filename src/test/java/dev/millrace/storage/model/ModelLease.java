package dev.millrace.storage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.storage.model.ModelTask.Ending;
import dev.millrace.task.Cause;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a lease may hand out: the store chooses where nothing is promised, and the model follows it. */
final class ModelLease {
    /** First in, first out within a lane and priority. */
    private static final Comparator<ModelTask> ORDER =
            Comparator.comparing(ModelTask::rank).thenComparingLong(task -> task.arrival);

    private final Model model;
    private final LeaseRequest request;
    private final Instant now;
    private int most;

    ModelLease(Model model, LeaseRequest request, Instant now) {
        this.model = model;
        this.request = request;
        this.now = now;
    }

    void check(List<Lease> given) {
        ModelQueue queue = model.queue(request.queue());
        if (queue.paused) {
            assertThat(given).as("leases of a paused queue").isEmpty();
            return;
        }
        model.tidy(queue.name, now);
        long room = Math.min(queue.config.room(queue.count(TaskState.RUNNING)), queue.allowed(now));
        most = (int) Math.min(request.max(), room);
        List<ModelTask> open = queue.in(TaskState.READY).stream()
                .filter(task -> limit(task) > 0)
                .toList();
        List<ModelTask> chosen =
                given.stream().map(lease -> model.find(lease.task().id())).toList();
        checkChoice(open, chosen);
        queue.spend(chosen.size());
        for (int i = 0; i < given.size(); i++) {
            take(chosen.get(i));
            assertThat(given.get(i).token().generation()).isEqualTo(chosen.get(i).generation);
            assertThat(given.get(i).expiresAt()).isEqualTo(chosen.get(i).deadline);
            assertThat(Plain.of(given.get(i).task()))
                    .isEqualTo(Plain.of(chosen.get(i).brief()));
        }
    }

    /** How many tasks of its lane may be leased by this call. */
    private int limit(ModelTask task) {
        String destination = task.spec().destination();
        return switch (request.lanes()) {
            case Lanes.AllTypes all -> destination == null ? request.max() : 0;
            case Lanes.Types some ->
                destination == null && some.types().contains(task.spec().type()) ? request.max() : 0;
            case Lanes.Destinations some -> destination == null ? 0 : some.limit(destination);
        };
    }

    private void checkChoice(List<ModelTask> open, List<ModelTask> chosen) {
        assertThat(open).as("ready tasks of the lanes asked for").containsAll(chosen);
        assertThat(chosen).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(most);
        assertThat(chosen.stream().map(ModelTask::rank).toList()).as("order").isSorted();
        Map<String, Integer> left = new HashMap<>();
        Map<String, List<ModelTask>> lanes = new HashMap<>();
        for (ModelTask task : chosen) {
            left.merge(task.spec().lane(), limit(task) - 1, (a, b) -> a - 1);
            lanes.computeIfAbsent(task.spec().priority() + task.spec().lane(), key -> new ArrayList<>())
                    .add(task);
        }
        lanes.values().forEach(lane -> assertThat(lane).as("order of a lane").isSortedAccordingTo(ORDER));
        Instant last = chosen.isEmpty() ? Instant.MIN : chosen.getLast().rank();
        for (ModelTask other : open) {
            if (!chosen.contains(other)) {
                checkLeftOut(other, chosen, left, last);
            }
        }
    }

    private void checkLeftOut(ModelTask other, List<ModelTask> chosen, Map<String, Integer> left, Instant last) {
        boolean laneIsUsedUp = left.getOrDefault(other.spec().lane(), limit(other)) == 0;
        assertThat(chosen.size() == most || laneIsUsedUp)
                .as("%s had to be leased", other)
                .isTrue();
        if (!laneIsUsedUp) {
            assertThat(other.rank())
                    .as("rank of %s, which was passed over", other)
                    .isAfterOrEqualTo(last);
        }
        chosen.stream()
                .filter(task -> task.spec().lane().equals(other.spec().lane())
                        && task.spec().priority() == other.spec().priority())
                .forEach(task -> assertThat(ORDER.compare(task, other))
                        .as("%s before %s", task, other)
                        .isNotPositive());
    }

    private void take(ModelTask task) {
        task.queue.started(task, now);
        task.generation++;
        task.attempts++;
        task.startedAt = now;
        task.deadline = now.plus(request.lease());
        task.worker = request.worker();
        task.expiresAt = null;
        task.ending = Ending.NONE;
        task.progress = null;
        task.move(TaskState.RUNNING, now);
        task.tell(TaskState.RUNNING, Cause.LEASED, now, null);
    }
}
