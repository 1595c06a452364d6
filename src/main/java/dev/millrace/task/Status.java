package dev.millrace.task;

/**
 * The part of a task that changes.
 *
 * @param generation 0 before the first lease, one more with each lease: the fencing token
 * @param attempts runs that count against the retry policy, the present one included
 * @param crashes leases that ended without an answer
 * @param revision one more with every change; the ETag
 * @param worker who runs it or ran it last; null before
 */
public record Status(
        TaskState state, int generation, int attempts, int crashes, long revision, Times times, String worker) {
    /** Of a task that was just accepted. */
    public static Status submitted(TaskSpec spec) {
        boolean later = spec.timing().runAt() != null
                && spec.timing().runAt().isAfter(spec.origin().createdAt());
        Times times = new Times(
                later ? null : spec.origin().createdAt(),
                later ? spec.timing().runAt() : spec.origin().createdAt(),
                null,
                null,
                null);
        return new Status(later ? TaskState.SCHEDULED : TaskState.READY, 0, 0, 0, 1, times, null);
    }
}
