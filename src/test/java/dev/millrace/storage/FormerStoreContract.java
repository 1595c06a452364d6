package dev.millrace.storage;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.Minute;
import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Kept;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.Verdict;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.task.Unique;
import dev.millrace.testing.StoreInvariants;
import dev.millrace.testing.TaskBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * A store that the last program of the former format made and left, recorded as it was: queue {@code q} with settings and a
 * task in each state, and a paused queue ({@code src/test/resources/former/record.sh}). This program works with it as with one of its own.
 */
public interface FormerStoreContract {
    /** A moment after it was recorded. */
    Instant NOW = Instant.parse("2026-11-22T00:38:00Z");

    Set<String> QUEUES = Set.of("q", "halt");

    /** Opens what was recorded, where this much is usual. */
    Storage former(Retention usual) throws Exception;

    private Storage former() throws Exception {
        return former(Retention.DEFAULT);
    }

    void checkLayout(Set<String> queues);

    static String recorded(String name) throws IOException {
        try (InputStream file = FormerStoreContract.class.getResourceAsStream("/former/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    default void whatAFormerProgramLeftIsThere() throws Exception {
        try (Storage store = former()) {
            assertThat(List.of("wait-1", "late-1", "run-1", "done-1", "dead-1", "gone-1"))
                    .extracting(id -> find(store, id).state())
                    .containsExactly(
                            TaskState.READY,
                            TaskState.SCHEDULED,
                            TaskState.RUNNING,
                            TaskState.SUCCEEDED,
                            TaskState.DEAD,
                            TaskState.CANCELLED)
                    .allSatisfy(
                            state -> assertThat(queue(store, "q").count(state)).isEqualTo(1));
            Task dead = find(store, "dead-1");
            assertThat(dead.spec().payload()).isEqualTo(Payload.of("{\"of\": \"dead-1\"}"));
            assertThat(dead.details().history()).extracting(Event::cause).contains(Cause.SUBMITTED, Cause.FAILED);
            QueueConfig config = queue(store, "q").config();
            assertThat(config.maxDepth()).isEqualTo(100);
            assertThat(queue(store, "q").retention())
                    .isEqualTo(Retention.alike(
                            new Kept(Duration.ofHours(48), 50L, 256L << 20),
                            Kept.of(Duration.ofDays(30)),
                            Duration.ofHours(24)));
            assertThat(queue(store, "halt").paused()).isTrue();
        }
    }

    @Test
    default void whereAFormerProgramWroteWhatWasUsualThenWhatIsUsualNowIsInForce() throws Exception {
        Kept few = new Kept(Duration.ofHours(1), 5L, 6L);
        Retention usual = Retention.alike(few, new Kept(Duration.ofDays(90), 0L, null), Duration.ofHours(2));
        try (Storage store = former(usual)) {
            Kept own = new Kept(Duration.ofHours(48), 50L, null);
            assertThat(queue(store, "q").config().retention()).isEqualTo(Retention.alike(own, Kept.USUAL, null));
            assertThat(queue(store, "q").retention())
                    .isEqualTo(Retention.alike(own.over(few), usual.dead(), usual.dedupe()));
            assertThat(queue(store, "halt").retention()).isEqualTo(usual);

            store.tasks().prune("q", 100, NOW);
            assertThat(queue(store, "q").count(TaskState.DEAD))
                    .as("none is kept")
                    .isZero();
            Kept asBefore = Retention.DEFAULT.dead();
            Retention said = Retention.alike(own, new Kept(asBefore.age(), null, null), null);
            store.queues().configure("q", new QueueConfig(null, TaskOptions.NONE, said));
            assertThat(queue(store, "q").retention().dead()).isEqualTo(new Kept(asBefore.age(), 0L, null));
        }
    }

    @Test
    default void whatAFormerProgramLeftRunsOn() throws Exception {
        try (Storage store = former()) {
            assertThat(submit(store, aTask("t").named("wait-1"))).isNotInstanceOf(Submitted.Created.class);
            assertThat(submit(store, aTask("t").unique("k", Unique.Mode.REJECT)))
                    .isInstanceOf(Submitted.UniqueTaken.class);
            assertThat(submit(store, aTask("t").named("new-1"))).isInstanceOf(Submitted.Created.class);
            store.tasks().change(List.of(new Change.Retry(new TaskId("dead-1"), null, null)), NOW);
            assertThat(store.tasks().prune("q", 100, NOW))
                    .as("counts what was not counted")
                    .isZero();
            succeed(store, lease(store, NOW, "wait-1", "new-1", "dead-1"), NOW);
            Instant later = NOW.plus(Duration.ofHours(2));
            List<Lease> back = lease(store, later, "late-1", "run-1");
            assertThat(find(store, "run-1").status().crashes()).isEqualTo(1);
            succeed(store, back, later);
            assertThat(queue(store, "q").count(TaskState.SUCCEEDED)).isEqualTo(6);
            check(store, later);
            Instant old = NOW.plus(Duration.ofHours(49));
            store.tasks().prune("q", 100, old);
            assertThat(queue(store, "q").count(TaskState.SUCCEEDED))
                    .as("those of later")
                    .isEqualTo(2);
            assertThat(queue(store, "q").count(TaskState.CANCELLED)).isZero();
            check(store, old);
            System.out.printf(
                    "figures: %s store that a former program left with 6 tasks: 1 added, 1 retried, 5 leased and ended, 1 of"
                            + " them after the former program's lease ran out; after 49 h %d of 6 kept%n",
                    store.check().kind(), queue(store, "q").count(TaskState.SUCCEEDED));
        }
    }

    /** How long they waited and ran it counted in other buckets. */
    @Test
    default void minutesThatAFormerProgramCountedAreThereButForTheirTimesAndCountedOn() throws Exception {
        try (Storage store = former()) {
            Minute left = minute(store);
            assertThat(left.submitted()).isEqualTo(6);
            assertThat(left.started()).isEqualTo(3);
            assertThat(left.ended()).isEqualTo(Map.of("t", Map.of("succeeded", 1L, "dead", 1L, "cancelled", 1L)));
            assertThat(List.of(left.waits(), left.runs()))
                    .allSatisfy(times -> assertThat(times).containsOnly(0));

            Instant same = NOW.minusMillis(1);
            succeed(store, lease(store, same, "wait-1"), same);

            Minute on = minute(store);
            assertThat(on.submitted()).isEqualTo(6);
            assertThat(on.started()).isEqualTo(4);
            assertThat(on.ended().get("t")).containsEntry("succeeded", 2L);
            assertThat(List.of(on.waits(), on.runs()))
                    .allSatisfy(times -> assertThat(times).containsOnlyOnce(1));
        }
    }

    private static Minute minute(Storage store) {
        List<Minute> minutes = store.series().minutes("q", NOW.minusSeconds(60), NOW);
        assertThat(minutes).hasSize(1);
        return minutes.getFirst();
    }

    private void check(Storage store, Instant now) {
        new StoreInvariants(store, now).check(QUEUES);
        checkLayout(QUEUES);
    }

    private static QueueSnapshot queue(Storage store, String name) {
        return store.queues().find(name, NOW).orElseThrow();
    }

    private static Task find(Storage store, String id) {
        return store.tasks().find(List.of(new TaskId(id)), true).get(new TaskId(id));
    }

    private static Submitted submit(Storage store, TaskBuilder task) {
        BatchId id = BatchId.make(NOW, store.queues().open("q", NOW), ThreadLocalRandom.current());
        return store.tasks()
                .submit(List.of(new Batch(id, "q", List.of(task.build(NOW)))), NOW)
                .getFirst()
                .getFirst();
    }

    private static List<Lease> lease(Storage store, Instant now, String... expected) {
        LeaseRequest request = new LeaseRequest("q", 10, Duration.ofSeconds(30), "worker-1", Lanes.ALL_TYPES);
        List<Lease> leases = store.tasks().lease(request, now);
        assertThat(leases).extracting(lease -> lease.task().id().value()).containsExactlyInAnyOrder(expected);
        return leases;
    }

    private static void succeed(Storage store, List<Lease> leases, Instant now) {
        List<Settlement> ends = leases.stream()
                .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                .toList();
        assertThat(store.tasks().settle(ends, now)).allMatch(Settled::holds);
    }
}
