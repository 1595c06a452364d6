package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;

/** The forms of names on the wire. Checked by hand, since every submission passes here. */
final class Names {
    static final String TYPE_RULE = "must match ^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$";
    static final String QUEUE_RULE = "must match ^[a-z0-9][a-z0-9._-]{0,62}$";
    static final String ID_RULE = "must match ^[A-Za-z0-9_-]{1,64}$";

    private static final int LONGEST_QUEUE = 63;
    private static final int LONGEST_TYPE = 128;

    private Names() {}

    static boolean isQueue(String name) {
        int length = name.length();
        if (length == 0 || length > LONGEST_QUEUE || !isSmallOrDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = name.charAt(i);
            if (!isSmallOrDigit(c) && c != '-' && c != '.' && c != '_') {
                return false;
            }
        }
        return true;
    }

    static boolean isType(String name) {
        int length = name.length();
        if (length == 0 || length > LONGEST_TYPE || !isLetterOrDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = name.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_' && c != ':' && c != '/') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSmallOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isLetterOrDigit(char c) {
        return isSmallOrDigit(c) || c >= 'A' && c <= 'Z';
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
