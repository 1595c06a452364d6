package dev.millrace.access;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.Set;

/**
 * Who calls.
 *
 * @param id of the API key; null on a loopback server without keys
 * @param queues the only queues it may touch; null for all
 */
public record Credential(String id, Set<Role> roles, Set<String> queues) {
    /** Of everybody on a loopback server without keys. */
    public static final Credential OPEN = new Credential(null, Set.of(Role.ADMIN), null);

    public boolean has(Role needed) {
        for (Role role : roles) {
            if (role.covers(needed)) {
                return true;
            }
        }
        return false;
    }

    public boolean mayUse(String queue) {
        return queues == null || queues.contains(queue);
    }

    /** @throws MillraceException {@code FORBIDDEN} without the role */
    public void require(Role needed) {
        if (!has(needed)) {
            throw new MillraceException(
                    ErrorCode.FORBIDDEN, "This credential does not have the role " + needed.wire() + ".");
        }
    }

    /** @throws MillraceException {@code FORBIDDEN} when the queue is not one of its own */
    public void requireQueue(String queue) {
        if (!mayUse(queue)) {
            throw new MillraceException(ErrorCode.FORBIDDEN, "This credential may not use queue " + queue + ".");
        }
    }
}
