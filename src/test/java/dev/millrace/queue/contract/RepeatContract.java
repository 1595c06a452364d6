package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Submitted.KeyReused;
import dev.millrace.queue.Submitted.NameTaken;
import dev.millrace.queue.Submitted.Repeated;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of tasks that came before by a look alone, as a full store has to. */
public interface RepeatContract extends StoreFixture {
    @Test
    default void lookTellsOfEachTaskWhatItsSubmissionWould() {
        TaskId named = accepted(aTask().named(own("order")).withFingerprint(1));
        TaskId keyed = accepted(aTask().withKey("key").withFingerprint(1));
        TaskId both = accepted(aTask().named(own("both")).withKey("with-both").withFingerprint(1));
        TaskBuilder[] asked = {
            aTask().named(own("order")).withFingerprint(1),
            aTask().named(own("order")).withFingerprint(2),
            aTask().withKey("key").withFingerprint(1),
            aTask().withKey("key").withFingerprint(2),
            aTask().withKey("with-both").withFingerprint(1),
            aTask().named(own("other")).withKey("with-both").withFingerprint(2),
            aTask().named(own("order")).withKey("new").withFingerprint(1)
        };
        List<Submitted> told = look(asked).stream().map(Optional::orElseThrow).toList();

        assertThat(told)
                .containsExactly(
                        new Repeated(named),
                        new NameTaken(named),
                        new Repeated(keyed),
                        new KeyReused(keyed),
                        new Repeated(both),
                        new KeyReused(both),
                        new Repeated(named));
        assertThat(submit(batch(asked))).isEqualTo(told);
    }

    @Test
    default void lookSaysNothingOfNewTasksAndChangesNothing() {
        TaskBuilder[] fresh = {
            aTask(),
            aTask().named(own("new")),
            aTask().withKey("new"),
            aTask().named(own("newer")).withKey("newer")
        };

        assertThat(look(fresh)).containsOnly(Optional.empty());

        assertThat(submit(batch(fresh))).hasOnlyElementsOfType(Submitted.Created.class);
        assertThat(count(TaskState.READY)).isEqualTo(4);
    }

    @Test
    default void lookFindsANameOfAnyQueueAndAKeyOfItsOwn() {
        TaskId id = accepted(aTask().named(own("order")).withKey("key").withFingerprint(1));
        String other = scene().newQueue();
        TaskBuilder again = aTask().named(own("order")).withFingerprint(1);

        assertThat(lookFrom(other, again)).containsExactly(Optional.of(new Repeated(id)));
        assertThat(lookFrom("none-" + queue(), again)).containsExactly(Optional.of(new Repeated(id)));
        assertThat(lookFrom("none-" + queue(), aTask().withKey("key"))).containsExactly(Optional.empty());
        storage().queues().open(other, now());
        assertThat(lookFrom(other, aTask().withKey("key"))).containsExactly(Optional.empty());
    }

    @Test
    default void lookKnowsNamesAndKeysOfTasksThatAreGoneAsLongAsSubmissionsDo() {
        TaskBuilder first = aTask().named(own("order")).withKey("key");
        TaskId id = accepted(first);
        succeed(leaseOne());
        tasks().change(List.of(new Change.Delete(id, null)), now());
        TaskBuilder byKey = aTask().withKey("key");

        assertThat(look(first, byKey)).containsOnly(Optional.of(new Repeated(id)));

        clock().tick(Duration.ofHours(25));
        prune();
        assertThat(look(first, byKey)).containsOnly(Optional.empty());
    }

    @Test
    default void lookKnowsTheIdThatTheServerMadeForATaskThatIsGone() {
        Batch batch = batch(aTask(), aTask());
        submit(batch);
        succeed(leaseOne());
        TaskId made = batch.id().at(0);
        tasks().change(List.of(new Change.Delete(made, null)), now());

        assertThat(look(aTask().named(made.value()))).containsExactly(Optional.of(new Repeated(made)));
    }

    private List<Optional<Submitted>> look(TaskBuilder... tasks) {
        return lookFrom(queue(), tasks);
    }

    private List<Optional<Submitted>> lookFrom(String queue, TaskBuilder... tasks) {
        return tasks().repeats(
                        queue,
                        Arrays.stream(tasks).map(task -> task.build(now())).toList());
    }
}
