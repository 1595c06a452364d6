package dev.millrace.delivery.push;

import dev.millrace.task.Outcome;
import java.time.Duration;

/** What an answer means for the task. */
public sealed interface Ruling {
    /** The attempt is over. */
    record Ended(Outcome outcome) implements Ruling {}

    /**
     * The backend asked for time (429, 503 with {@code Retry-After}): back to the queue without using up an attempt,
     * and the backend is left alone as long.
     *
     * @param pause one second to 24 hours
     */
    record Wait(Duration pause, String reason) implements Ruling {
        /** The task's part of it. */
        public Outcome outcome() {
            return Outcome.released(pause, reason);
        }
    }

    /** The backend ends the task later, with the lease token that it was sent: it stays leased. */
    record Later() implements Ruling {}

    /**
     * Nothing was sent: another backend may be tried.
     *
     * @param lastly the outcome when there is no other; says the same whatever the reason
     */
    record Elsewhere(PushAnswer.NotSent answer, Outcome lastly) implements Ruling {}
}
