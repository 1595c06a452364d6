package dev.millrace.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.push.PushAnswer.Answered;
import dev.millrace.delivery.push.PushAnswer.Loss;
import dev.millrace.delivery.push.PushAnswer.NotSent;
import dev.millrace.delivery.push.PushAnswer.Reason;
import dev.millrace.delivery.push.PushAnswer.Unknown;
import dev.millrace.task.Cause;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulingsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");
    private static final Duration TOOK = Duration.ofMillis(3);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anyOfTheTwoHundredsSucceedsWithTheBodyAsResult(int status) {
        Payload result = Payload.of("{\"n\": 1.0}");
        Answered answer = new Answered(status, Map.of(), "", result, TOOK);
        assertThat(Rulings.of(answer, NOW)).isEqualTo(new Ruling.Ended(Outcome.succeeded(result)));
    }

    @Test
    void acceptedForLaterLeavesTheTaskLeased() {
        assertThat(ruling(202, Map.of("millrace-complete", "later"))).isEqualTo(new Ruling.Later());
    }

    @Test
    void onlyAcceptedCanBeForLater() {
        assertThat(ruling(200, Map.of("millrace-complete", "later")))
                .isEqualTo(new Ruling.Ended(Outcome.succeeded(null)));
        assertThat(ruling(202, Map.of("millrace-complete", "now")))
                .isEqualTo(new Ruling.Ended(Outcome.succeeded(null)));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 120",
        "0, 1",
        "86400, 86400",
        "86401, 86400",
        "999999999999999999, 86400",
        "'Sat, 21 Nov 2026 01:02:00 GMT', 120",
        "'Fri, 20 Nov 2026 01:02:00 GMT', 1",
        "'Sun, 21 Nov 2027 01:02:00 GMT', 86400",
        "'Saturday, 21-Nov-26 01:02:00 GMT', 120",
        "'Sat Nov 21 01:02:00 2026', 120",
        "'Tue Dec  1 01:02:00 2026', 86400"
    })
    void retryAfterWaitsWithoutUsingUpAnAttemptWithinBounds(String header, long seconds) {
        for (int status : new int[] {429, 503}) {
            Ruling.Wait wait = (Ruling.Wait) ruling(status, Map.of("retry-after", header));
            assertThat(wait.pause()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(wait.outcome()).isInstanceOf(Outcome.Released.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "soon", "", "1.5", "9999999999999999999", "Sat, 21 Nov 2026 25:02:00 GMT"})
    void anUnreadableRetryAfterIsNone(String header) {
        assertThat(failed(ruling(503, Map.of("retry-after", header))))
                .isEqualTo(new Outcome.Failed(
                        new TaskError("Http503", "The backend answered 503."), true, null, Cause.FAILED));
    }

    @Test
    void retryAfterOnAnyOtherFailureIsAWish() {
        assertThat(failed(ruling(500, Map.of("retry-after", "90"))).retryAfter())
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void goneIsForGood() {
        assertThat(failed(ruling(410, Map.of())).retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 429, 500, 503})
    void notRetryableIsForGood(int status) {
        Map<String, String> headers = Map.of("millrace-retryable", "False", "retry-after", "5");
        assertThat(failed(ruling(status, headers)).retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 304, 400, 404, 408, 425, 429, 500, 502, 503, 504, 599})
    void anyOtherStatusIsAFailureToBeTriedAgain(int status) {
        Outcome.Failed failed = failed(ruling(status, Map.of("location", "http://169.254.169.254/")));
        assertThat(failed.retryable()).isTrue();
        assertThat(failed.error().type()).isEqualTo("Http" + status);
        assertThat(failed.error().message()).doesNotContain("169.254");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void noFullAnswerIsOutcomeUnknown(Loss loss) {
        Outcome.Failed failed = failed(Rulings.of(new Unknown(loss, "secret detail", TOOK), NOW));
        assertThat(failed.cause()).isEqualTo(Cause.OUTCOME_UNKNOWN);
        assertThat(failed.retryable()).isTrue();
        assertThat(failed.error().type()).isEqualTo(Rulings.UNKNOWN);
        assertThat(failed.error().message()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BUSY"})
    void whyNothingWasSentIsNotToldToTheTask(Reason reason) {
        Ruling.Elsewhere elsewhere = (Ruling.Elsewhere) Rulings.of(new NotSent(reason, "10.0.0.1", TOOK), NOW);
        assertThat(elsewhere.lastly()).isEqualTo(Outcome.failed("Unreachable", "The backend could not be reached."));
    }

    @Test
    void ourOwnCrowdUsesUpNoAttempt() {
        Ruling.Elsewhere elsewhere = (Ruling.Elsewhere) Rulings.of(new NotSent(Reason.BUSY, "", TOOK), NOW);
        assertThat(elsewhere.lastly()).isInstanceOf(Outcome.Released.class);
    }

    private static Ruling ruling(int status, Map<String, String> headers) {
        return Rulings.of(new Answered(status, headers, "", null, TOOK), NOW);
    }

    private static Outcome.Failed failed(Ruling ruling) {
        return (Outcome.Failed) ((Ruling.Ended) ruling).outcome();
    }
}
