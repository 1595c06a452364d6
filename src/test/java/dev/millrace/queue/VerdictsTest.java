package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.Backoff;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.Details;
import dev.millrace.task.Marks;
import dev.millrace.task.Origin;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import dev.millrace.task.Times;
import dev.millrace.task.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final TaskError ERROR = new TaskError("Timeout", "no answer");

    @Test
    void defaultWaitsAre30s60s120s240sThenTheTaskIsDead() {
        assertThat(waitAfter(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(waitAfter(2)).isEqualTo(Duration.ofSeconds(60));
        assertThat(waitAfter(3)).isEqualTo(Duration.ofSeconds(120));
        assertThat(waitAfter(4)).isEqualTo(Duration.ofSeconds(240));
        assertThat(verdict(5, failed(true, null))).isEqualTo(new Verdict.Bury(ERROR, Cause.FAILED));
    }

    @Test
    void aFailureThatIsNotRetryableIsDeadAtOnce() {
        assertThat(verdict(1, failed(false, null))).isEqualTo(new Verdict.Bury(ERROR, Cause.FAILED));
    }

    @Test
    void retryAfterCountsWhereItIsLongerThanTheBackoffButNoMoreThanADay() {
        assertThat(waitOf(verdict(1, failed(true, Duration.ofSeconds(10))))).isEqualTo(Duration.ofSeconds(30));
        assertThat(waitOf(verdict(1, failed(true, Duration.ofMinutes(10))))).isEqualTo(Duration.ofMinutes(10));
        assertThat(waitOf(verdict(1, failed(true, Duration.ofDays(400))))).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void aTimeoutUsesUpAnAttemptAndSaysSo() {
        Verdict verdict = verdict(1, new Outcome.Failed(ERROR, true, null, Cause.TIMED_OUT));
        assertThat(verdict).isEqualTo(new Verdict.RetryAt(NOW.plusSeconds(30), ERROR, Cause.TIMED_OUT));
    }

    @Test
    void aReleaseWithoutDelayGoesBackAtOnce() {
        assertThat(verdict(1, Outcome.released(Duration.ZERO, "busy"))).isEqualTo(new Verdict.Release(null, "busy"));
        assertThat(verdict(1, Outcome.released(Duration.ofSeconds(5), null)))
                .isEqualTo(new Verdict.Release(NOW.plusSeconds(5), null));
    }

    private static Duration waitAfter(int attempts) {
        return waitOf(verdict(attempts, failed(true, null)));
    }

    private static Duration waitOf(Verdict verdict) {
        return Duration.between(NOW, ((Verdict.RetryAt) verdict).runAt());
    }

    private static Outcome failed(boolean retryable, Duration retryAfter) {
        return new Outcome.Failed(ERROR, retryable, retryAfter, Cause.FAILED);
    }

    private static Verdict verdict(int attempts, Outcome outcome) {
        TaskSpec spec = new TaskSpec(
                "t",
                null,
                Payload.NULL,
                5,
                Timing.DEFAULT,
                new RetryPolicy(5, Backoff.DEFAULT),
                null,
                Marks.NONE,
                new Origin(NOW, null, null, 0, false));
        Status status =
                new Status(TaskState.RUNNING, attempts, attempts, 0, 1, new Times(NOW, NOW, NOW, null, NOW), "worker");
        Task task = new Task(BatchId.make(NOW, 1, new Random(1)).at(0), "q", spec, status, Details.NONE);
        return Verdicts.of(task, outcome, NOW, new Random(1));
    }
}
