package dev.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.NewTask;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;

/**
 * What a contract stands on. A store's test class answers {@link #storage()} (opened once), keeps a {@link Scene} in a
 * field and says how its layout is checked; the contracts it implements do the rest.
 */
public interface StoreFixture {
    Duration LEASE = Duration.ofSeconds(30);
    TaskError ERROR = new TaskError("Boom", "it broke");

    Storage storage();

    /** This test's own; kept in a field of the test class, as JUnit makes an object per test. */
    Scene scene();

    /** Looks below the port at what the store keeps of these queues, and throws if anything is not as it should be. */
    void checkLayout(Set<String> queues);

    @AfterEach
    default void everythingAgreesAfterwards() {
        new StoreInvariants(storage(), now()).check(scene().queues());
        checkLayout(scene().queues());
    }

    default TaskStore tasks() {
        return storage().tasks();
    }

    default FakeClock clock() {
        return scene().clock();
    }

    default Instant now() {
        return clock().instant();
    }

    default String queue() {
        return scene().queue();
    }

    /** A name that no other test of the store has: names are one space over all queues. */
    default String own(String name) {
        return name + "-" + queue();
    }

    // Submitting

    default Batch batch(TaskBuilder... tasks) {
        return batchFor(queue(), tasks);
    }

    default Batch batchFor(String queue, TaskBuilder... tasks) {
        List<NewTask> built = Arrays.stream(tasks).map(t -> t.build(now())).toList();
        int number = storage().queues().open(queue, now());
        return new Batch(BatchId.make(now(), number, ThreadLocalRandom.current()), queue, built);
    }

    default List<Submitted> submit(Batch batch) {
        List<List<Submitted>> answers = tasks().submit(List.of(batch), now());
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst()).hasSameSizeAs(batch.tasks());
        return answers.getFirst();
    }

    default Submitted submit(TaskBuilder task) {
        return submit(batch(task)).getFirst();
    }

    /** Submits where nothing stands against it; answers the public id. */
    default TaskId accepted(TaskBuilder task) {
        return acceptedIn(queue(), task);
    }

    default TaskId acceptedIn(String queue, TaskBuilder task) {
        Submitted answer = submit(batchFor(queue, task)).getFirst();
        assertThat(answer).isInstanceOf(Submitted.Created.class);
        return ((Submitted.Created) answer).id();
    }

    /** The same task many times, in batches as large as may be. */
    default void submitMany(int count, TaskBuilder task) {
        for (int left = count; left > 0; left -= BatchId.LIMIT) {
            TaskBuilder[] some = new TaskBuilder[Math.min(left, BatchId.LIMIT)];
            Arrays.fill(some, task);
            assertThat(submit(batch(some))).hasOnlyElementsOfType(Submitted.Created.class);
        }
    }

    // Leasing

    default List<Lease> lease(int max) {
        return lease(max, LEASE);
    }

    default List<Lease> lease(int max, Duration lease, String... types) {
        return tasks().lease(new LeaseRequest(queue(), max, lease, "worker-1", Lanes.ofTypes(Set.of(types))), now());
    }

    default Lease leaseOne() {
        List<Lease> leases = lease(1);
        assertThat(leases).as("leases").hasSize(1);
        return leases.getFirst();
    }

    /** The public ids of what can be leased, in order. */
    default List<TaskId> leasedIds(int max, String... types) {
        return lease(max, LEASE, types).stream().map(l -> l.task().id()).toList();
    }

    // Settling

    default Settled settle(LeaseToken token, Verdict verdict) {
        List<Settled> answers = tasks().settle(List.of(new Settlement(token, verdict)), now());
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    default Settled succeed(Lease lease) {
        return settle(lease.token(), new Verdict.Succeed(null));
    }

    default Settled retryAt(Lease lease, Instant runAt) {
        return settle(lease.token(), new Verdict.RetryAt(runAt, ERROR, Cause.FAILED));
    }

    default Settled bury(Lease lease) {
        return settle(lease.token(), new Verdict.Bury(ERROR, Cause.FAILED));
    }

    default Settled release(Lease lease) {
        return settle(lease.token(), new Verdict.Release(null, null));
    }

    /** Lets the lease run out and has it reclaimed. */
    default void loseLease(Lease lease) {
        clock().set(lease.expiresAt().plusMillis(1));
        tidy();
    }

    default int tidy() {
        return tasks().tidy(queue(), TaskStore.STEP, now());
    }

    default int prune() {
        return tasks().prune(queue(), TaskStore.STEP, now());
    }

    // Looking

    default Task find(TaskId id) {
        Task task = tasks().find(List.of(id), true).get(id);
        assertThat(task).as("task " + id).isNotNull();
        return task;
    }

    default boolean exists(TaskId id) {
        return tasks().find(List.of(id), false).containsKey(id);
    }

    default TaskState stateOf(TaskId id) {
        return find(id).state();
    }

    default List<Cause> causes(TaskId id) {
        return find(id).details().history().stream().map(Event::cause).toList();
    }

    default QueueSnapshot snapshot() {
        return storage().queues().find(queue(), now()).orElseThrow();
    }

    default long count(TaskState state) {
        return snapshot().count(state);
    }
}
