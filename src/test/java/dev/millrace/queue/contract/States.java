package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;

import dev.millrace.queue.Change;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.util.List;

/** Brings tasks into each state that there is a way into. */
interface States extends StoreFixture {
    /** The queue must have no other task that is ready. */
    default TaskId taskIn(TaskState state) {
        return taskIn(state, aTask());
    }

    default TaskId taskIn(TaskState state, TaskBuilder task) {
        switch (state) {
            case SCHEDULED -> task.dueAt(now().plusSeconds(3600));
            case EXPIRED -> task.expiringAt(now().plusSeconds(1));
            default -> {}
        }
        TaskId id = accepted(task);
        switch (state) {
            case RUNNING -> leaseOne();
            case SUCCEEDED -> succeed(leaseOne());
            case DEAD -> bury(leaseOne());
            case CANCELLED -> tasks().change(List.of(new Change.Cancel(id, null)), now());
            case EXPIRED -> {
                clock().tickMillis(1001);
                tidy();
            }
            default -> {}
        }
        return id;
    }

    /** Moves a ready task into a state; for ready that is through a lease and back. */
    default void enter(TaskState state, TaskId id, String type) {
        if (state == TaskState.CANCELLED) {
            tasks().change(List.of(new Change.Cancel(id, null)), now());
            return;
        }
        var lease = lease(1, LEASE, type).getFirst();
        switch (state) {
            case READY -> release(lease);
            case SUCCEEDED -> succeed(lease);
            case DEAD -> bury(lease);
            default -> {}
        }
    }
}
