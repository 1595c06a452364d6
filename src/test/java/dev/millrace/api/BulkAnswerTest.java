package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.queue.Submission;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskDraft;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskId;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** When a bulk call is answered as a whole: only where that says of each task all that there is to say. */
class BulkAnswerTest {
    private static final BulkItem READABLE = new BulkItem(TaskDraft.of("t", Payload.of("{}")), null);
    private static final Submitted FULL = new Submitted.StoreFull("There is no room.");
    private static final Submitted UNSENT = new Submitted.Unsent("It is away.");
    private static final Submitted LOST = new Submitted.Unknown(new TaskId("lost"), "It did not answer.");

    @Test
    void fullStoreIsOneProblemWhenNothingWasAccepted() {
        assertThat(refusal(false, FULL, FULL).code()).isEqualTo(ErrorCode.STORE_FULL);
    }

    @Test
    void tasksThatWereNotSentAreOneProblemWithoutIds() {
        MillraceException refused = refusal(false, UNSENT, UNSENT);
        assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(refused).hasMessage("It is away. Nothing was accepted.");
        assertThat(refused.members()).isEmpty();
    }

    @Test
    void manyTasksOfWhichNoneWasSentAreOneProblem() {
        Submitted[] some = Collections.nCopies(600, UNSENT).toArray(Submitted[]::new);
        assertThat(refusal(false, some)).hasMessageEndingWith("Nothing was accepted.");
    }

    @Test
    void tasksThatMayBeThereAreNamedByTheProblem() {
        MillraceException refused = refusal(false, LOST, UNSENT);
        assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("the ids of its results");
        assertThat(new String(Problem.of(refused).document("request")))
                .endsWith("\"results\":["
                        + "{\"index\":0,\"status\":503,\"code\":\"STORE_UNAVAILABLE\",\"detail\":\"It did not answer.\","
                        + "\"id\":\"lost\"},"
                        + "{\"index\":1,\"status\":503,\"code\":\"STORE_UNAVAILABLE\",\"detail\":\"It is away.\"}]}");
        assertThat(refusal(true, LOST, UNSENT)).hasMessageContaining("Idempotency-Key");
    }

    @Test
    void whatIsToBeSaidOfSomeOnlyIsToldTaskByTask() {
        Submitted created = new Submitted.Created(new TaskId("new"));
        assertThat(body(false, created, FULL, LOST))
                .isEqualTo("{\"accepted\":1,\"rejected\":2,\"results\":["
                        + "{\"index\":0,\"id\":\"new\",\"status\":201},"
                        + "{\"index\":1,\"status\":507,\"code\":\"STORE_FULL\",\"detail\":\"There is no room.\"},"
                        + "{\"index\":2,\"status\":503,\"code\":\"STORE_UNAVAILABLE\",\"detail\":\"It did not answer.\","
                        + "\"id\":\"lost\"}]}");
        assertThat(body(true, FULL, UNSENT)).contains("\"accepted\":0,\"rejected\":2");
    }

    @Test
    void callThatMetAFullOrAbsentStoreIsNotOneThatCameBefore() {
        Submitted before = new Submitted.Repeated(new TaskId("before"));
        Submitted taken = new Submitted.NameTaken(new TaskId("other"));
        assertThat(answer(before, taken).allRepeated()).isTrue();
        assertThat(answer(before, FULL).allRepeated()).isFalse();
        assertThat(answer(before, UNSENT).allRepeated()).isFalse();
        assertThat(answer(before, LOST).allRepeated()).isFalse();
        assertThat(answer(taken).allRepeated()).isFalse();
    }

    private static MillraceException refusal(boolean keyed, Submitted... outcomes) {
        return catchThrowableOfType(
                MillraceException.class, () -> answer(outcomes).response(keyed));
    }

    private static String body(boolean keyed, Submitted... outcomes) {
        return new String(answer(outcomes).response(keyed).getEntity());
    }

    private static BulkAnswer answer(Submitted... outcomes) {
        return new BulkAnswer(
                Collections.nCopies(outcomes.length, READABLE),
                Arrays.stream(outcomes)
                        .map(outcome -> new Submission(outcome, null, null))
                        .toList());
    }
}
