package dev.millrace.worker;

import dev.millrace.task.Outcome;

/**
 * Code for a task type. A handler is a bean that says which type it handles:
 *
 * <pre>{@code
 * @Singleton
 * @Handles("email.send")
 * class SendEmail implements TaskHandler<Email> {
 *     public Outcome run(Email email, TaskContext context) { ... }
 * }
 * }</pre>
 *
 * <p>It may be called from many threads at once. A task may run more than once, on another node even while an earlier
 * run of it still goes on here, so what it does elsewhere should carry the {@linkplain TaskContext#attempt()
 * generation} or be repeatable.
 *
 * @param <P> what the payload is read as: {@link dev.millrace.task.Payload} or {@code byte[]} for the JSON as it was
 *     sent, else a type that Jackson reads. A record for a native executable needs {@code @RegisterForReflection}.
 */
@FunctionalInterface
public interface TaskHandler<P> {
    /**
     * Runs one attempt. It is interrupted when the attempt is over before it is done; what it returns then counts for
     * nothing.
     *
     * @param payload null when the payload is the JSON {@code null} and is read by Jackson
     * @return how it went, never null
     * @throws Exception failed, to be tried again
     */
    Outcome run(P payload, TaskContext context) throws Exception;
}
