package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists that start at a time. */
public interface CursorContract extends States {
    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"READY", "RUNNING", "SUCCEEDED", "DEAD", "CANCELLED"})
    default void cursorAtATimeStartsWithWhatEnteredThenOrBefore(TaskState state) {
        List<TaskId> entered = new ArrayList<>();
        List<TaskId> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(accepted(aTask("type-" + i)));
        }
        for (int i = 0; i < 5; i++) {
            clock().tickSeconds(1);
            enter(state, created.get(i), "type-" + i);
            entered.addFirst(created.get(i));
        }
        String third = Page.cursorAt(now().minusSeconds(2));
        TaskFilter filter = TaskFilter.ofQueue(queue(), state);
        assertThat(tasks().list(filter, third, 500, now()).tasks())
                .extracting(Task::id)
                .containsExactlyElementsOf(entered.subList(2, 5));
    }

    @Test
    default void cursorAtATimeWorksForCreationAndForWhatIsDue() {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clock().tickSeconds(1);
            ids.add(accepted(aTask().dueAt(now().plusSeconds(60))));
        }
        String third = Page.cursorAt(now().minusSeconds(1));
        assertThat(tasks().list(TaskFilter.ofQueue(queue(), null), third, 500, now())
                        .tasks())
                .extracting(Task::id)
                .containsExactly(ids.get(2), ids.get(1), ids.get(0));
        String dueThird = Page.cursorAt(now().plusSeconds(59));
        assertThat(tasks().list(TaskFilter.ofQueue(queue(), TaskState.SCHEDULED), dueThird, 500, now())
                        .tasks())
                .extracting(Task::id)
                .containsExactly(ids.get(2), ids.get(3));
    }
}
