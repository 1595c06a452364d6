package dev.millrace.queue;

import java.time.Duration;

/**
 * How long a queue keeps its tasks of one final state: until the first of these bounds, the oldest going first.
 *
 * @param age since the end
 * @param count of tasks; null for no bound
 * @param bytes of tasks together, {@link dev.millrace.task.TaskSpec#size()} each; null for no bound
 */
public record Kept(Duration age, Long count, Long bytes) {
    /** By age alone. */
    public static Kept of(Duration age) {
        return new Kept(age, null, null);
    }

    /** Whether some have to go before their age: so many tasks of so many bytes are there. */
    public boolean isExceededBy(long tasks, long size) {
        return count != null && tasks > count || bytes != null && tasks > 0 && size > bytes;
    }
}
