package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.Action;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submissions;
import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.ErrorShape;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskState;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many tasks a page says that something would be done to. */
interface MatchingRules extends TaskFixture {
    TaskError OURS = new TaskError("Ours", "no route");

    @Test
    default void deadOfAGroupWhoseCountWasForgottenInBetweenAreCountedOneByOne() {
        String queue = queue();
        bury(queue, 0, List.of(OURS, OURS));
        assertThat(matched(queue)).isEqualTo(2);
        bury(
                queue,
                1,
                IntStream.range(0, SeriesStore.ERROR_GROUPS)
                        .mapToObj(i -> new TaskError("E" + letters(i), "x"))
                        .toList());
        bury(queue, 2, List.of(OURS));

        assertThat(matched(queue)).isEqualTo(3);
    }

    private static long matched(String queue) {
        TaskFilter filter = TaskFilter.ofQueue(queue, TaskState.DEAD).failing(ErrorShape.fingerprint("by-hand", OURS));
        return bean(Matching.class).of(Action.RETRY, filter).matched();
    }

    /** Tasks that are dead of these, so many seconds from now. */
    private static void bury(String queue, int seconds, List<TaskError> errors) {
        TaskStore tasks = bean(TaskStore.class);
        Instant now = bean(InstantSource.class).instant().plusSeconds(seconds);
        TaskDraft draft = TaskDraft.of("by-hand", Payload.of("{}"));
        bean(Submissions.class).submitAll(queue, Collections.nCopies(errors.size(), draft));
        LeaseRequest request = new LeaseRequest(queue, errors.size(), Duration.ofMinutes(5), "worker", Lanes.ALL_TYPES);
        List<Lease> leases = tasks.lease(request, now);
        tasks.settle(
                IntStream.range(0, errors.size())
                        .mapToObj(i ->
                                new Settlement(leases.get(i).token(), new Verdict.Bury(errors.get(i), Cause.FAILED)))
                        .toList(),
                now);
    }

    private static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }

    private static String letters(int number) {
        return "" + (char) ('a' + number / 26 / 26) + (char) ('a' + number / 26 % 26) + (char) ('a' + number % 26);
    }
}
