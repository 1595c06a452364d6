package dev.millrace.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.worker.DrainCall;
import java.time.Duration;

/**
 * An invocation: whose, and the time it has.
 *
 * @param function its name
 * @param log the name of the log stream, which each instance of a function has of its own; without one the invocation's
 * @param left until the platform ends it, without a word and whatever it holds
 */
record Spell(String function, String log, Duration left) {
    /** Where nobody waits for the answer. */
    static final Duration UNBOUNDED = Duration.ofHours(1);
    /** Enough to hand back what runs, and to end, when the store is slow. */
    static final Duration MARGIN = Duration.ofSeconds(10);

    /** That the platform gives. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration SHORTEST = DrainCall.SHORTEST.multipliedBy(2);
    private static final int TAIL = 8;
    /** Of the time, to lease tasks: another invocation follows at once when there are more, but a task cannot be split. */
    private static final int SHARE = 5;

    static Spell of(Context context) {
        boolean logged = context.getLogStreamName() != null;
        return new Spell(
                context.getFunctionName() == null ? "millrace" : context.getFunctionName(),
                logged ? context.getLogStreamName() : context.getAwsRequestId(),
                left(context.getRemainingTimeInMillis()));
    }

    /** A stand-in of the platform on a developer's machine names no deadline, and what is left until then is any number. */
    private static Duration left(int millis) {
        Duration left = Duration.ofMillis(millis);
        return left.isPositive() && left.compareTo(LONGEST) <= 0 ? left : LONGEST;
    }

    /** What is left of it when so much has gone by since. */
    Spell after(Duration gone) {
        return new Spell(function, log, left.minus(gone));
    }

    /** Of the worker: where its log is can be read from it. */
    String worker() {
        return function + "-" + log.substring(Math.max(0, log.length() - TAIL));
    }

    /**
     * Fits a call into the time: a fifth of it at most to lease tasks, and the rest for each of them to end. So a task
     * that does not end within that would not in another invocation either.
     *
     * @param bound of the door, within which there has to be an answer
     * @throws MillraceException when the function is given too little time
     */
    DrainCall fit(DrainCall asked, Duration bound) {
        Duration usable = left.minus(MARGIN);
        Duration whole = usable.compareTo(bound) < 0 ? usable : bound;
        if (whole.compareTo(SHORTEST) < 0) {
            throw new MillraceException(
                    ErrorCode.INTERNAL,
                    "The function has %d s left, and needs %d s at least: raise its Timeout, best to 900."
                            .formatted(left.toSeconds(), MARGIN.plus(SHORTEST).toSeconds()));
        }
        Duration share = whole.dividedBy(SHARE);
        Duration most = share.compareTo(DrainCall.SHORTEST) < 0 ? DrainCall.SHORTEST : share;
        Duration slice = asked.slice().compareTo(most) < 0 ? asked.slice() : most;
        return asked.within(slice, whole.minus(slice));
    }
}
