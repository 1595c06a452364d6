package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ended tasks of each state are kept by age, count and bytes of their own. */
public interface RetentionContract extends Prunes {
    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"SUCCEEDED", "DEAD", "CANCELLED", "EXPIRED"})
    default void eachStateHasItsOwnAge(TaskState state) {
        Map<TaskState, TaskId> ids = oneOfEach();
        retain(only(state, Kept.of(Duration.ofMinutes(5))));
        clock().tick(Duration.ofMinutes(5).minusSeconds(5));
        assertThat(pruned()).isZero();

        clock().tickSeconds(6);

        assertThat(pruned()).isEqualTo(1);
        ids.forEach((each, id) -> assertThat(exists(id)).as("%s", each).isEqualTo(each != state));
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"SUCCEEDED", "DEAD", "CANCELLED", "EXPIRED"})
    default void oldestOfAStateGoWhenThereAreTooMany(TaskState state) {
        Map<TaskState, TaskId> others = oneOfEach();
        List<TaskId> ids = severalIn(state, 6);
        retain(only(state, new Kept(Duration.ofDays(9), 2L, null)));

        assertThat(pruned()).isEqualTo(5);

        assertThat(ids.stream().filter(this::exists)).isEqualTo(ids.subList(4, 6));
        others.remove(state);
        assertThat(others.values()).allMatch(this::exists);
        assertThat(pruned()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"SUCCEEDED", "DEAD", "CANCELLED", "EXPIRED"})
    default void oldestOfAStateGoWhenTheyAreTooLarge(TaskState state) {
        Map<TaskState, TaskId> others = oneOfEach();
        List<TaskId> ids = severalIn(state, 4);
        long before = snapshot().keptBytes();
        long size = find(ids.getFirst()).spec().size();
        retain(only(state, new Kept(Duration.ofDays(9), null, 3 * size - 1)));

        assertThat(pruned()).isEqualTo(3);

        assertThat(ids.stream().filter(this::exists)).isEqualTo(ids.subList(2, 4));
        others.remove(state);
        assertThat(others.values()).allMatch(this::exists);
        assertThat(snapshot().endedBytes()).containsEntry(state, 2 * size);
        assertThat(snapshot().keptBytes()).isEqualTo(before - 3 * size);
        assertThat(pruned()).isZero();
    }

    @Test
    default void bytesMoveWithTheStateThatATaskIsIn() {
        TaskId id = taskIn(TaskState.CANCELLED);
        long size = find(id).spec().size();
        assertThat(snapshot().endedBytes()).isEqualTo(bytes(TaskState.CANCELLED, size));

        tasks().change(List.of(new Change.Retry(id, null, null)), now());
        assertThat(snapshot().endedBytes()).isEqualTo(bytes(TaskState.CANCELLED, 0));
        succeed(leaseOne());
        assertThat(snapshot().endedBytes()).isEqualTo(bytes(TaskState.SUCCEEDED, size));

        tasks().change(List.of(new Change.Delete(id, null)), now());
        assertThat(snapshot().endedBytes()).isEqualTo(bytes(TaskState.SUCCEEDED, 0));
    }

    @Test
    default void noStepOfALargePruneHoldsTheStore() {
        int many = 10_000;
        for (int from = 0; from < many; from += 1000) {
            submitMany(1000, aTask());
            tasks().settle(
                            lease(1000).stream()
                                    .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                                    .toList(),
                            now());
        }
        retain(only(TaskState.SUCCEEDED, new Kept(Duration.ofDays(9), 0L, null)));

        for (int step = 0; count(TaskState.SUCCEEDED) > 0; step++) {
            // Whole batches go, so a step may take a little more.
            assertThat(tasks().prune(queue(), 500, now())).as("step %d", step).isBetween(500, 599);
        }
    }

    private static Map<TaskState, Long> bytes(TaskState state, long size) {
        Map<TaskState, Long> bytes = new EnumMap<>(TaskState.class);
        Retention.STATES.forEach(each -> bytes.put(each, each == state ? size : 0));
        return bytes;
    }

    private Map<TaskState, TaskId> oneOfEach() {
        Map<TaskState, TaskId> ids = new EnumMap<>(TaskState.class);
        Retention.STATES.forEach(state -> ids.put(state, taskIn(state)));
        return ids;
    }

    private List<TaskId> severalIn(TaskState state, int many) {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            clock().tickSeconds(1);
            ids.add(taskIn(state));
        }
        return ids;
    }

    /** All others are kept for very long. */
    private static Retention only(TaskState state, Kept kept) {
        Kept others = Kept.of(Duration.ofDays(9));
        return Retention.of(each -> each == state ? kept : others, Duration.ofDays(9));
    }
}
