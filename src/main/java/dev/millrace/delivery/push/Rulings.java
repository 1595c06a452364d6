package dev.millrace.delivery.push;

import dev.millrace.task.Cause;
import dev.millrace.task.Outcome;
import dev.millrace.task.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads answers as the contract says: what each means for the task. */
public final class Rulings {
    /** The type of the error after a push whose outcome nobody knows, by which the next one can tell its receiver. */
    public static final String UNKNOWN = "OutcomeUnknown";

    private static final String UNREACHABLE = "Unreachable";
    private static final Duration WHEN_BUSY = Duration.ofSeconds(1);

    private Rulings() {}

    /**
     * @param now by the store's clock, for a {@code Retry-After} that names a date
     */
    public static Ruling of(PushAnswer answer, Instant now) {
        return switch (answer) {
            case PushAnswer.Answered answered -> answered(answered, now);
            case PushAnswer.NotSent notSent -> new Ruling.Elsewhere(notSent, unreachable(notSent));
            case PushAnswer.Unknown unknown -> new Ruling.Ended(unknown(unknown));
        };
    }

    /** Who tries many addresses through us learns nothing from which of them are blocked, refused or silent. */
    private static Outcome unreachable(PushAnswer.NotSent answer) {
        return answer.reason() == PushAnswer.Reason.BUSY
                ? Outcome.released(WHEN_BUSY, "Too many requests wait for this backend")
                : Outcome.failed(UNREACHABLE, "The backend could not be reached.");
    }

    private static Outcome unknown(PushAnswer.Unknown answer) {
        String message = switch (answer.loss()) {
            case TIMEOUT -> "The request was sent, and no full answer came in time.";
            case CLOSED -> "The request was sent, and the connection was closed before a full answer came.";
            case GARBLED -> "The request was sent, and what came back is no HTTP answer within the limits.";
        };
        return new Outcome.Failed(new TaskError(UNKNOWN, message), true, null, Cause.OUTCOME_UNKNOWN);
    }

    private static Ruling answered(PushAnswer.Answered answer, Instant now) {
        if (answer.status() / 100 == 2) {
            boolean later = answer.status() == 202
                    && answer.header("millrace-complete")
                            .filter("later"::equalsIgnoreCase)
                            .isPresent();
            return later ? new Ruling.Later() : new Ruling.Ended(Outcome.succeeded(answer.result()));
        }
        boolean forGood = answer.status() == 410
                || answer.header("millrace-retryable")
                        .filter("false"::equalsIgnoreCase)
                        .isPresent();
        Optional<Duration> pause = answer.header("retry-after").flatMap(value -> RetryAfter.read(value, now));
        boolean asksForTime = answer.status() == 429 || answer.status() == 503;
        if (asksForTime && !forGood && pause.isPresent()) {
            return new Ruling.Wait(pause.get(), "The backend answered " + answer.status() + " with Retry-After");
        }
        TaskError error = new TaskError("Http" + answer.status(), sentence(answer.status()));
        return new Ruling.Ended(new Outcome.Failed(error, !forGood, pause.orElse(null), Cause.FAILED));
    }

    private static String sentence(int status) {
        String said = "The backend answered " + status + ".";
        return status / 100 == 3 ? said + " Redirects are not followed." : said;
    }
}
