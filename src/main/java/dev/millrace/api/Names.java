package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NameRules;
import dev.millrace.task.TaskId;

/** The names of paths, and what is said of wrong ones. */
final class Names {
    static final String TYPE_RULE = "must match ^" + NameRules.TYPE + "$";
    static final String QUEUE_RULE = "must match ^" + NameRules.QUEUE + "$";
    static final String ID_RULE = "must match ^[A-Za-z0-9_-]{1,64}$";

    private Names() {}

    /** The queue of a path. */
    static String queue(String name) {
        if (!NameRules.isQueue(name)) {
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
