package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.TaskId;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How long the line before a task is. */
public interface AheadContract extends StoreFixture {
    @Test
    default void thoseThatAreLeasedFirstAreCounted() {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            submit(batch(aTask("a"), aTask("b"), aTask("a")));
            ids.add(accepted(aTask("a")));
        }

        assertThat(ids).map(id -> ahead(id)).containsExactly(2, 5, 8);
        lease(4, LEASE, "a");
        assertThat(ahead(ids.get(1))).isEqualTo(1);
        assertThat(tasks().ahead(ids.get(0), 10)).isEmpty();
    }

    @Test
    default void whatIsAheadIsWhatIsLeasedBefore() {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(accepted(aTask("a").withPriority((i * 7) % 10)));
            clock().tick(Duration.ofSeconds(i % 3 == 0 ? 60 : 20));
        }
        List<Integer> ahead = ids.stream().map(this::ahead).toList();

        List<TaskId> order = leasedIds(12);

        assertThat(ahead).isEqualTo(ids.stream().map(order::indexOf).toList());
    }

    @Test
    default void tasksOfOneBatchGoByTheirPlaceInIt() {
        var submitted = submit(batch(aTask("a"), aTask("a"), aTask("a"))).stream()
                .map(one -> ((dev.millrace.queue.Submitted.Created) one).id())
                .toList();

        assertThat(submitted).map(this::ahead).containsExactly(0, 1, 2);
    }

    @Test
    default void countingEndsAtTheLimit() {
        submitMany(250, aTask());
        TaskId last = accepted(aTask());

        assertThat(tasks().ahead(last, 100)).hasValue(100);
        assertThat(tasks().ahead(last, 1000)).hasValue(250);
    }

    @Test
    default void onlyWhatIsReadyStandsInALine() {
        TaskId later = accepted(aTask().dueAt(now().plusSeconds(60)));

        assertThat(tasks().ahead(later, 10)).isEmpty();
        assertThat(tasks().ahead(new TaskId("nobody"), 10)).isEmpty();
    }

    private int ahead(TaskId id) {
        OptionalInt found = tasks().ahead(id, 1000);
        assertThat(found).isPresent();
        return found.getAsInt();
    }
}
