package dev.millrace.storage;

import static dev.millrace.storage.UnsteadyStorage.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Submitted;
import dev.millrace.task.TaskState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a submission over its repeats. */
@QuarkusTest
@TestProfile(UnsteadyStorage.Profile.class)
class SubmitGuardTest extends OnUnsteadyStorage {
    @Test
    void aSubmissionWhoseAnswerWasLostIsAcceptedOnce() {
        Batch batch = batch("lost-answer");
        OUTAGE.loseNextAnswer();

        List<Submitted> answers = tasks.submit(List.of(batch), now()).getFirst();

        assertThat(OUTAGE.calls("submit")).isEqualTo(2);
        assertThat(answers)
                .singleElement()
                .isEqualTo(new Submitted.Created(batch.id().at(0)));
        assertThat(queues.find("lost-answer", now()).orElseThrow().count(TaskState.READY))
                .isEqualTo(1);
    }

    @Test
    void onlyBatchesWithoutAnAnswerAreSentAgain() {
        List<Batch> batches = List.of(batch("half"), batch("half"), batch("half"));
        OUTAGE.silentAfter(2);

        List<List<Submitted>> answers = tasks.submit(batches, now());

        assertThat(OUTAGE.calls("submit")).isEqualTo(3);
        assertThat(answers.get(0))
                .containsExactly(new Submitted.Created(batches.get(0).id().at(0)));
        assertThat(answers.get(1))
                .containsExactly(new Submitted.Created(batches.get(1).id().at(0)));
        assertThat(answers.get(2))
                .singleElement()
                .isInstanceOfSatisfying(
                        Submitted.Unknown.class,
                        lost -> assertThat(lost.id())
                                .isEqualTo(batches.get(2).id().at(0)));
        assertThat(queues.find("half", now()).orElseThrow().count(TaskState.READY))
                .isEqualTo(3);
    }

    @Test
    void aSubmissionThatMetAnErrorIsAcceptedOnce() {
        Batch batch = batch("error");
        OUTAGE.breakNext("submit");

        List<List<Submitted>> answers = tasks.submit(List.of(batch), now());

        assertThat(OUTAGE.calls("submit")).isEqualTo(2);
        assertThat(answers)
                .containsExactly(List.of(new Submitted.Created(batch.id().at(0))));
        assertThat(queues.find("error", now()).orElseThrow().count(TaskState.READY))
                .isEqualTo(1);
    }

    @Test
    void aFullStoreDoesNotSayThatABatchIsNotThereWhoseFirstAnswerWasLost() {
        Batch batch = batch("lost-then-full");
        OUTAGE.fullAfter(0);
        OUTAGE.loseNextAnswer();

        List<Submitted> answers = tasks.submit(List.of(batch), now()).getFirst();

        assertThat(answers).singleElement().isInstanceOf(Submitted.Unknown.class);
        assertThat(queues.find("lost-then-full", now()).orElseThrow().count(TaskState.READY))
                .isEqualTo(1);
    }

    @Test
    void aFullStoreIsAnAnswer() {
        OUTAGE.fullAfter(1);
        Batch first = batch("full");

        List<List<Submitted>> answers = tasks.submit(List.of(first, batch("full")), now());

        assertThat(answers.get(0))
                .containsExactly(new Submitted.Created(first.id().at(0)));
        assertThat(answers.get(1)).hasOnlyElementsOfType(Submitted.StoreFull.class);
        assertThat(OUTAGE.calls("submit")).isEqualTo(1);
    }

    @Test
    void whatTheOpenBreakerKeepsFromTheStoreIsToldAsNotSent() {
        Batch batch = batch("unsent");
        OUTAGE.goDown();
        Submitted told = null;
        long before = 0;
        for (int i = 0; i < 100 && !(told instanceof Submitted.Unsent); i++) {
            before = OUTAGE.calls("submit");
            told = tasks.submit(List.of(batch), now()).getFirst().getFirst();
        }

        assertThat(told).isInstanceOf(Submitted.Unsent.class);
        assertThat(OUTAGE.calls("submit")).isEqualTo(before);
    }
}
