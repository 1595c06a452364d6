package dev.millrace.queue;

import dev.millrace.task.Backoff;
import java.time.Duration;

/**
 * What a submission may leave out; also what a queue puts in its place. Null members say nothing.
 *
 * @param priority 0 to 9
 * @param delay zero or more
 * @param ttl time to live until it starts, positive
 * @param timeout positive, at most PT12H
 * @param maxAttempts 1 to 100
 * @param retention positive
 */
public record TaskOptions(
        Integer priority,
        Duration delay,
        Duration ttl,
        Duration timeout,
        Integer maxAttempts,
        Backoff backoff,
        Duration retention) {
    public static final TaskOptions NONE = new TaskOptions(null, null, null, null, null, null, null);

    /** These, and the other's where these say nothing. */
    public TaskOptions orElse(TaskOptions other) {
        return new TaskOptions(
                priority != null ? priority : other.priority,
                delay != null ? delay : other.delay,
                ttl != null ? ttl : other.ttl,
                timeout != null ? timeout : other.timeout,
                maxAttempts != null ? maxAttempts : other.maxAttempts,
                backoff != null ? backoff : other.backoff,
                retention != null ? retention : other.retention);
    }
}
