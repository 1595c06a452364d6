package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists that leave things out. */
public interface FilterContract extends StoreFixture {
    @Test
    default void typeTagAndLabelsNarrowTheList() {
        TaskId mail = accepted(aTask("mail").tagged("a", "b").labelled("tenant", "acme"));
        TaskId other =
                accepted(aTask("mail").tagged("b").labelled("tenant", "acme").labelled("zone", "1"));
        TaskId page = accepted(aTask("page").labelled("tenant", "other"));

        assertThat(found(filter("mail", null, Map.of()))).containsExactlyInAnyOrder(mail, other);
        assertThat(found(filter(null, "a", Map.of()))).containsExactly(mail);
        assertThat(found(filter(null, "b", Map.of("zone", "1")))).containsExactly(other);
        assertThat(found(filter(null, null, Map.of("tenant", "other")))).containsExactly(page);
        assertThat(found(filter("page", "a", Map.of()))).isEmpty();
        assertThat(found(filter("mai", null, Map.of()))).isEmpty();
    }

    @Test
    default void filterHoldsWithinAState() {
        accepted(aTask("a"));
        TaskId b = accepted(aTask("b"));
        lease(2).forEach(this::succeed);
        accepted(aTask("b"));

        TaskFilter filter = new TaskFilter(queue(), TaskState.SUCCEEDED, "b", null, Map.of(), null, null);
        assertThat(found(filter)).containsExactly(b);
    }

    @Test
    default void textIsFoundInThePayloadThatATaskRunsWith() {
        TaskId ada = accepted(aTask().withPayload("{\"to\": \"Ada@example.org\"}"));
        TaskId grace = accepted(aTask().withPayload("{\"to\": \"grace@example.org\"}"));

        assertThat(found(TaskFilter.ofQueue(queue(), null).containing("ada@"))).containsExactly(ada);
        assertThat(found(TaskFilter.ofQueue(queue(), TaskState.READY).containing("EXAMPLE")))
                .containsExactlyInAnyOrder(ada, grace);
        assertThat(found(TaskFilter.ofQueue(queue(), null).containing("alan"))).isEmpty();

        tasks().change(List.of(new Change.Cancel(ada, null)), now());
        tasks().change(List.of(new Change.Retry(ada, null, Payload.of("{\"to\": \"alan\"}"))), now());
        assertThat(found(TaskFilter.ofQueue(queue(), null).containing("alan"))).containsExactly(ada);
        assertThat(found(TaskFilter.ofQueue(queue(), null).containing("ada@"))).isEmpty();
    }

    @Test
    default void failuresThatLookAlikeAreFoundByTheirFingerprint() {
        List<TaskId> alike = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            alike.add(accepted(aTask("mail")));
            settle(leaseOne().token(), new Verdict.Bury(new TaskError("IO", "no route to " + i), Cause.FAILED));
        }
        TaskId other = accepted(aTask("mail"));
        bury(leaseOne());
        accepted(aTask("mail"));
        String fingerprint = storage().series().errorGroups(queue(), 10).stream()
                .filter(group -> group.errorType().equals("IO"))
                .findFirst()
                .orElseThrow()
                .fingerprint();

        TaskFilter dead = TaskFilter.ofQueue(queue(), TaskState.DEAD);
        assertThat(found(dead.failing(fingerprint))).containsExactlyInAnyOrderElementsOf(alike);
        assertThat(found(dead)).hasSize(4).contains(other);
        assertThat(found(TaskFilter.ofQueue(queue(), null).failing(fingerprint)))
                .hasSize(3);
    }

    @Test
    default void timesBoundTheListFromBothSides() {
        Instant start = now();
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(accepted(aTask()));
            clock().tickSeconds(60);
        }

        assertThat(found(between(start.plusSeconds(120), start.plusSeconds(300))))
                .containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(found(between(null, start.plusSeconds(60)))).containsExactly(ids.get(0));
        assertThat(found(between(start.plusSeconds(540), null))).containsExactly(ids.get(9));
        assertThat(found(between(start.plusSeconds(541), null))).isEmpty();
        assertThat(found(between(null, start))).isEmpty();
        lease(10).forEach(this::succeed);
        TaskFilter ended =
                new TaskFilter(queue(), TaskState.SUCCEEDED, null, null, Map.of(), start.plusSeconds(480), null);
        assertThat(found(ended)).containsExactlyInAnyOrder(ids.get(8), ids.get(9));
    }

    @Test
    default void pageIsFilledUpFromFurtherDown() {
        for (int i = 0; i < 40; i++) {
            accepted(aTask(i % 10 == 0 ? "rare" : "crowd"));
        }

        Page page = tasks().list(filter("rare", null, Map.of()), null, 4, now());

        assertThat(page.tasks()).hasSize(4);
    }

    @Test
    default void walkEndsAtItsBoundAndGoesOnFromThere() {
        TaskId needle = accepted(aTask("needle"));
        clock().tickSeconds(1);
        Instant crowd = now();
        submitMany(TaskFilter.WALK + 1_000, aTask("crowd"));

        Page first = tasks().list(filter("needle", null, Map.of()), null, 10, now());
        assertThat(first.tasks()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(first.scannedTo()).isEqualTo(crowd);

        assertThat(found(filter("needle", null, Map.of()))).containsExactly(needle);
    }

    @Test
    default void timesLeadPastWhatIsNewer() {
        TaskId needle = accepted(aTask("needle"));
        clock().tickSeconds(1);
        Instant crowd = now();
        submitMany(TaskFilter.WALK + 100, aTask("crowd"));

        TaskFilter filter = new TaskFilter(queue(), null, "needle", null, Map.of(), null, crowd);
        Page page = tasks().list(filter, null, 10, now());
        assertThat(page.tasks()).extracting(Task::id).containsExactly(needle);
    }

    private List<TaskId> found(TaskFilter filter) {
        List<TaskId> all = new ArrayList<>();
        String cursor = null;
        do {
            Page page = tasks().list(filter, cursor, 3, now());
            assertThat(page.tasks()).hasSizeLessThanOrEqualTo(3).allMatch(filter::matches);
            page.tasks().forEach(task -> all.add(task.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(all).doesNotHaveDuplicates();
        return all;
    }

    private TaskFilter filter(String type, String tag, Map<String, String> labels) {
        return new TaskFilter(queue(), null, type, tag, labels, null, null);
    }

    private TaskFilter between(Instant after, Instant before) {
        return new TaskFilter(queue(), null, null, null, Map.of(), after, before);
    }
}
