package dev.millrace.delivery.route;

import dev.millrace.delivery.push.PushAnswer;

/** What an answer says of the backend that gave it. */
final class Health {
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "retry-after";

    private Health() {}

    /** Whether it is well; null when the answer says nothing of that. A task that is refused (4xx) is the task's affair. */
    static Boolean of(PushAnswer answer) {
        return switch (answer) {
            case PushAnswer.Answered answered -> {
                boolean asksForTime = answered.status() == UNAVAILABLE
                        && answered.header(RETRY_AFTER).isPresent();
                yield asksForTime ? null : Boolean.valueOf(answered.status() < SERVER_ERROR);
            }
            case PushAnswer.NotSent notSent -> notSent.reason() == PushAnswer.Reason.BUSY ? null : Boolean.FALSE;
            case PushAnswer.Unknown unknown -> Boolean.FALSE;
        };
    }
}
