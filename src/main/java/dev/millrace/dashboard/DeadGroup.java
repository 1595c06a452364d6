package dev.millrace.dashboard;

import dev.millrace.task.TaskId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Dead tasks of a queue that failed alike.
 *
 * @param message of the sample
 * @param dead tasks of it that were seen among the dead
 * @param atLeast there may be more
 * @param failures attempts that failed so, those that were tried again included; 0 when not known any more
 * @param sample the last one
 */
public record DeadGroup(
        String queue,
        String fingerprint,
        String taskType,
        String errorType,
        String message,
        long dead,
        boolean atLeast,
        long failures,
        Instant first,
        Instant last,
        TaskId sample) {
    /** Address of the list of them. */
    public String list() {
        return "/tasks?" + filter();
    }

    public String retry() {
        return "/bulk?action=retry&from=dead-letters&" + filter();
    }

    public String delete() {
        return "/bulk?action=delete&from=dead-letters&" + filter();
    }

    /** {@code 12}, {@code 400+}. */
    public String count() {
        return Format.grouped(dead) + (atLeast ? "+" : "");
    }

    private String filter() {
        return "queue=" + queue + "&state=dead&type=" + URLEncoder.encode(taskType, StandardCharsets.UTF_8) + "&error="
                + fingerprint;
    }
}
