package dev.millrace.worker;

import dev.millrace.task.Attempt;
import dev.millrace.task.LogLine;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import java.util.Optional;

/** What a handler knows of its attempt, and what it can say while it runs. May be used from any thread. */
public interface TaskContext {
    /** The task as it was leased, without history and log. */
    Task task();

    /** This run; its generation is the fencing token. */
    Attempt attempt();

    /** The attempt is over: nobody waits for what the handler still does. */
    default boolean cancelled() {
        return cancellation().isPresent();
    }

    /** Why it is over; empty while it is not. */
    Optional<Cancellation> cancellation();

    /**
     * Shown on the task soon after; the latest counts.
     *
     * @param percent 0 to 100; what lies outside is cut
     * @param message null for none
     */
    void progress(int percent, String message);

    /** Kept with the attempt: the last {@link LogLine#LIMIT} lines, each cut to {@link LogLine#MAX_LENGTH}. */
    void log(String line);

    /** The JSON of a value, for a result. */
    Payload json(Object value);
}
