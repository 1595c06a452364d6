package dev.millrace.monitor.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.ErrorGroup;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.Change;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Failures that look alike, counted together. */
public interface ErrorGroupContract extends StoreFixture {
    @Test
    default void failuresThatLookAlikeAreOneGroup() {
        Instant first = now();
        fail("mail", new TaskError("IOError", "no route to 10.0.0.1"));
        clock().tickSeconds(5);
        fail("mail", new TaskError("IOError", "no route to 10.0.0.2"));
        clock().tickSeconds(5);
        TaskId last = fail("mail", new TaskError("IOError", "no route to 10.1.0.3"));

        List<ErrorGroup> groups = groups();

        assertThat(groups).hasSize(1);
        ErrorGroup group = groups.getFirst();
        assertThat(group.fingerprint()).matches("[0-9a-f]{16}");
        assertThat(group.taskType()).isEqualTo("mail");
        assertThat(group.errorType()).isEqualTo("IOError");
        assertThat(group.message()).isEqualTo("no route to 10.1.0.3");
        assertThat(group.count()).isEqualTo(3);
        assertThat(group.first()).isEqualTo(first);
        assertThat(group.last()).isEqualTo(now());
        assertThat(find(group.sample()).id()).isEqualTo(last);
    }

    @Test
    default void typeOfTaskAndErrorTellGroupsApart() {
        fail("mail", new TaskError("A", "x"));
        clock().tickSeconds(1);
        fail("mail", new TaskError("B", "x"));
        clock().tickSeconds(1);
        fail("page", new TaskError("A", "x"));
        clock().tickSeconds(1);
        fail("mail", new TaskError("B", "x"));

        assertThat(groups())
                .extracting(g -> g.taskType() + g.errorType() + g.count())
                .containsExactly("mailB2", "pageA1", "mailA1");
        assertThat(storage().series().errorGroups(queue(), 2)).isEqualTo(groups().subList(0, 2));
    }

    @Test
    default void everyFailedAttemptCountsWhetherItIsTriedAgainOrNot() {
        accepted(aTask());
        retryAt(leaseOne(), now());
        settle(leaseOne().token(), new Verdict.RetryAt(now(), ERROR, Cause.TIMED_OUT));
        var last = leaseOne();
        bury(last);
        bury(last);

        assertThat(groups()).singleElement().matches(g -> g.count() == 3);
    }

    @Test
    default void poisonIsAGroupToo() {
        accepted(aTask("killer"));
        for (int i = 0; i < 3; i++) {
            loseLease(leaseOne());
        }

        assertThat(groups())
                .singleElement()
                .matches(g -> g.errorType().equals("Poison") && g.taskType().equals("killer") && g.count() == 1);
    }

    @Test
    default void releaseAndSuccessAndCancelAreNoFailures() {
        accepted(aTask());
        release(leaseOne());
        succeed(leaseOne());

        assertThat(groups()).isEmpty();
        assertThat(storage().series().errorGroups(scene().newQueue(), 10)).isEmpty();
    }

    @Test
    default void leastRecentlySeenGroupsGoWhenThereAreTooMany() {
        TaskError route = new TaskError("IOError", "no route");
        TaskId early = fail("mail", route);
        accepted(aTask());
        for (int i = 0; i < SeriesStore.ERROR_GROUPS + 20; i++) {
            clock().tickMillis(1);
            TaskError error = new TaskError("E" + letters(i), "x");
            settle(leaseOne().token(), new Verdict.RetryAt(now(), error, Cause.FAILED));
        }

        List<ErrorGroup> groups = storage().series().errorGroups(queue(), 10_000);

        assertThat(groups).hasSize(SeriesStore.ERROR_GROUPS);
        assertThat(groups.getFirst().errorType()).isEqualTo("E" + letters(SeriesStore.ERROR_GROUPS + 19));
        assertThat(groups.getLast().errorType()).isEqualTo("E" + letters(20));

        leaseOne();
        fail("mail", route);
        assertThat(deadGroups(10)).extracting(DeadGroup::dead).containsExactly(1L);
        tasks().change(List.of(new Change.Delete(early, null)), now());
        assertThat(deadGroups(10))
                .as("it died before its group went and came back")
                .extracting(DeadGroup::dead)
                .containsExactly(1L);
    }

    @Test
    default void theDeadAreCountedByHowTheyFailedUntilTheyLeave() {
        TaskError route = new TaskError("IOError", "no route to 10.0.0.1");
        TaskId first = fail("mail", route);
        TaskId second = fail("mail", new TaskError("IOError", "no route to 10.0.0.2"));
        fail("page", route);
        accepted(aTask("mail"));
        settle(leaseOne().token(), new Verdict.RetryAt(now().plusSeconds(600), route, Cause.FAILED));

        List<DeadGroup> dead = deadGroups(10);
        assertThat(dead)
                .extracting(group -> group.failures().taskType() + group.dead())
                .containsExactly("mail2", "page1");
        assertThat(dead.getFirst().failures())
                .isEqualTo(groups().stream()
                        .filter(group -> group.taskType().equals("mail"))
                        .findFirst()
                        .orElseThrow());
        assertThat(deadGroups(1)).isEqualTo(dead.subList(0, 1));

        tasks().change(List.of(new Change.Retry(first, null, null)), now());
        assertThat(deadGroups(10)).extracting(DeadGroup::dead).containsOnly(1L).hasSize(2);
        tasks().change(List.of(new Change.Delete(second, null)), now());
        assertThat(deadGroups(10))
                .extracting(group -> group.failures().taskType())
                .containsExactly("page");

        settle(leaseOne().token(), new Verdict.Bury(route, Cause.FAILED));
        clock().tick(Duration.ofDays(31));
        tasks().prune(queue(), 100, now());
        assertThat(deadGroups(10)).isEmpty();
    }

    @Test
    default void whoIsDeadOfPoisonIsFoundByItsFingerprint() {
        TaskId killer = accepted(aTask("killer"));
        for (int i = 0; i < 3; i++) {
            loseLease(leaseOne());
        }

        String fingerprint = deadGroups(10).getFirst().failures().fingerprint();
        TaskFilter alike = TaskFilter.ofQueue(queue(), TaskState.DEAD).failing(fingerprint);
        assertThat(tasks().list(alike, null, 10, now()).tasks())
                .extracting(Task::id)
                .containsExactly(killer);
    }

    @Test
    default void whatIsPushedIsGroupedByItsDestination() {
        TaskId pushed = accepted(aTask("mail").forDestination("hooks"));
        LeaseRequest push = new LeaseRequest(queue(), 1, LEASE, "pusher", new Lanes.Destinations(1, Map.of()));
        LeaseToken token = tasks().lease(push, now()).getFirst().token();
        settle(token, new Verdict.Bury(new TaskError("Gone", "410"), Cause.FAILED));

        DeadGroup group = deadGroups(10).getFirst();
        assertThat(group.failures().taskType()).isEqualTo("@hooks");
        TaskFilter alike = TaskFilter.ofQueue(queue(), TaskState.DEAD)
                .failing(group.failures().fingerprint());
        assertThat(tasks().list(alike, null, 10, now()).tasks())
                .extracting(Task::id)
                .containsExactly(pushed);
    }

    @Test
    default void theDeadOfSeveralQueuesAreReadAtOnce() {
        fail("mail", new TaskError("A", "x"));
        String other = scene().newQueue();

        assertThat(storage().series().deadGroups(List.of(other, queue()), 10))
                .singleElement()
                .matches(group -> group.queue().equals(queue()) && group.dead() == 1);
        assertThat(storage().series().deadGroups(List.of(), 10)).isEmpty();
    }

    @Test
    default void aQueueTakesItsDeadWithIt() {
        fail("mail", new TaskError("A", "x"));
        storage().queues().delete(queue(), true);
        accepted(aTask());

        assertThat(deadGroups(10)).isEmpty();
    }

    private List<DeadGroup> deadGroups(int limit) {
        return storage().series().deadGroups(List.of(queue()), limit);
    }

    private static String letters(int number) {
        return "" + (char) ('a' + number / 26 / 26) + (char) ('a' + number / 26 % 26) + (char) ('a' + number % 26);
    }

    private TaskId fail(String type, TaskError error) {
        TaskId id = accepted(aTask(type));
        settle(leaseOne().token(), new Verdict.Bury(error, Cause.FAILED));
        return id;
    }

    private List<ErrorGroup> groups() {
        return storage().series().errorGroups(queue(), 100);
    }
}
