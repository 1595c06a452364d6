package dev.millrace.task;

import static dev.millrace.task.TaskState.BLOCKED;
import static dev.millrace.task.TaskState.CANCELLED;
import static dev.millrace.task.TaskState.DEAD;
import static dev.millrace.task.TaskState.EXPIRED;
import static dev.millrace.task.TaskState.READY;
import static dev.millrace.task.TaskState.RUNNING;
import static dev.millrace.task.TaskState.SCHEDULED;
import static dev.millrace.task.TaskState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TaskStateTest {
    /** Rows: from; columns: to; both in this order. */
    private static final TaskState[] ORDER = {SCHEDULED, READY, RUNNING, BLOCKED, SUCCEEDED, DEAD, CANCELLED, EXPIRED};

    private static final String[] ALLOWED = {
        "-R----CX", // scheduled: due or run now; cancel; too old
        "--R-S-CX", // ready: leased; completed late; cancel; too old
        "SR--SDC-", // running: tried again; handed back; the three ends a lease or a person can bring
        "-R----CX", // blocked: what it waits for has ended; cancel; too old
        "-R------", // ended: by hand alone
        "-R------",
        "-R------",
        "-R------",
    };

    @Test
    void everyPairOfStatesIsAllowedOrForbiddenAsDrawn() {
        for (int from = 0; from < ORDER.length; from++) {
            for (int to = 0; to < ORDER.length; to++) {
                assertThat(ORDER[from].canBecome(ORDER[to]))
                        .as("%s to %s", ORDER[from], ORDER[to])
                        .isEqualTo(ALLOWED[from].charAt(to) != '-');
            }
        }
        assertThat(ORDER).containsExactlyInAnyOrder(TaskState.values());
    }

    @Test
    void fourStatesAreTheEnd() {
        assertThat(Arrays.stream(TaskState.values()).filter(TaskState::terminal))
                .containsExactlyInAnyOrder(SUCCEEDED, DEAD, CANCELLED, EXPIRED);
    }

    @Test
    void codesAndNamesLeadBackToTheState() {
        for (TaskState state : TaskState.values()) {
            assertThat(TaskState.ofCode(state.code())).isEqualTo(state);
            assertThat(TaskState.ofWire(state.wire())).isEqualTo(state);
        }
        assertThat(SCHEDULED.wire()).isEqualTo("scheduled");
        assertThat(TaskState.ofWire("Scheduled")).isNull();
        assertThat(TaskState.ofWire("")).isNull();
    }

    @Test
    void codesAreThoseThatStoresAlreadyKeep() {
        assertThat(Arrays.stream(ORDER).map(TaskState::code)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }
}
