package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import java.util.regex.Pattern;

/** The forms of names on the wire. */
final class Names {
    static final String TYPE_RULE = "must match ^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$";
    static final String QUEUE_RULE = "must match ^[a-z0-9][a-z0-9._-]{0,62}$";
    static final String ID_RULE = "must match ^[A-Za-z0-9_-]{1,64}$";

    private static final Pattern QUEUE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");

    private Names() {}

    static boolean isQueue(String name) {
        return QUEUE.matcher(name).matches();
    }

    static boolean isType(String name) {
        return TYPE.matcher(name).matches();
    }

    /** The queue of a path. */
    static String queue(String name) {
        if (!isQueue(name)) {
            throw Faults.one("/queue", QUEUE_RULE);
        }
        return name;
    }

    /** The task of a path; what cannot be an id is the id of no task. */
    static TaskId task(String id) {
        if (!TaskId.isValid(id)) {
            throw new MillraceException(ErrorCode.TASK_NOT_FOUND, "There is no such task.");
        }
        return new TaskId(id);
    }
}
