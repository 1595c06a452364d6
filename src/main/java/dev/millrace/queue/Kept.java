package dev.millrace.queue;

import java.time.Duration;

/**
 * How long a queue keeps its tasks of one final state: until the first of these bounds, the oldest going first. In what a
 * queue says itself, null is what is usual.
 *
 * @param age since the end
 * @param count of tasks; null for no bound
 * @param bytes of tasks together, {@link dev.millrace.task.TaskSpec#size()} each; null for no bound
 */
public record Kept(Duration age, Long count, Long bytes) {
    /** Says nothing itself. */
    public static final Kept USUAL = new Kept(null, null, null);

    /** By age alone. */
    public static Kept of(Duration age) {
        return new Kept(age, null, null);
    }

    /** This, and what is usual where it says nothing. */
    public Kept over(Kept usual) {
        return new Kept(
                age != null ? age : usual.age,
                count != null ? count : usual.count,
                bytes != null ? bytes : usual.bytes);
    }

    /** Whether some have to go before their age: so many tasks of so many bytes are there. */
    public boolean isExceededBy(long tasks, long size) {
        return count != null && tasks > count || bytes != null && tasks > 0 && size > bytes;
    }
}
