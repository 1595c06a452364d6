package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Task;

/** Entity tags of tasks: the revision, and what was left out of it. */
final class EntityTag {
    private EntityTag() {}

    static String of(Task task, Fields fields) {
        String trimmed = fields.names() == null
                ? ""
                : "." + Integer.toHexString(String.join(",", fields.names()).hashCode());
        return '"' + Long.toString(task.status().revision()) + trimmed + '"';
    }

    /** Whether an {@code If-None-Match} names this tag. */
    static boolean matches(String header, String tag) {
        if (header == null) {
            return false;
        }
        for (String each : header.split(",")) {
            String text = each.strip();
            if (text.equals("*") || text.equals(tag) || text.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The revision that an {@code If-Match} asks for; null for any.
     *
     * @throws MillraceException {@code PRECONDITION_FAILED} when it is not a tag that a task can have
     */
    static Long revision(String header) {
        if (header == null || header.strip().equals("*")) {
            return null;
        }
        String tag = header.strip();
        if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
            String inner = tag.substring(1, tag.length() - 1);
            int dot = inner.indexOf('.');
            try {
                return Long.valueOf(dot < 0 ? inner : inner.substring(0, dot));
            } catch (NumberFormatException e) {
                throw failed();
            }
        }
        throw failed();
    }

    private static MillraceException failed() {
        return new MillraceException(
                ErrorCode.PRECONDITION_FAILED, "If-Match is not one entity tag of this task as GET gives it.");
    }
}
