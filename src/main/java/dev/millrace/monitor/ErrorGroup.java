package dev.millrace.monitor;

import dev.millrace.task.TaskId;
import java.time.Instant;

/**
 * Failures that look alike: same task type, error type and message but for its numbers and quoted parts.
 *
 * @param fingerprint 16 hexadecimal digits
 * @param taskType or, of tasks that are pushed, the destination behind {@link dev.millrace.task.TaskSpec#DESTINATION_MARK}
 * @param sample a task that failed so, the last one
 * @param message of the sample
 */
public record ErrorGroup(
        String fingerprint,
        String taskType,
        String errorType,
        String message,
        long count,
        Instant first,
        Instant last,
        TaskId sample) {}
