package dev.millrace.task;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a task stands. The only table of allowed changes; {@code docs/state-machine.md} draws it and the SQLite schema
 * repeats it as a CHECK.
 */
public enum TaskState {
    SCHEDULED(0),
    READY(1),
    RUNNING(2),
    /** Waits for other tasks to end (flows). */
    BLOCKED(3),
    SUCCEEDED(4),
    DEAD(5),
    CANCELLED(6),
    EXPIRED(7);

    private static final Map<TaskState, Set<TaskState>> ALLOWED = new EnumMap<>(Map.of(
            SCHEDULED, EnumSet.of(READY, CANCELLED, EXPIRED),
            READY, EnumSet.of(RUNNING, SUCCEEDED, CANCELLED, EXPIRED),
            RUNNING, EnumSet.of(SCHEDULED, READY, SUCCEEDED, DEAD, CANCELLED),
            BLOCKED, EnumSet.of(READY, CANCELLED, EXPIRED),
            SUCCEEDED, EnumSet.of(READY),
            DEAD, EnumSet.of(READY),
            CANCELLED, EnumSet.of(READY),
            EXPIRED, EnumSet.of(READY)));

    private final int code;

    TaskState(int code) {
        this.code = code;
    }

    /** The number under which stores keep this state; never reused. */
    public int code() {
        return code;
    }

    public static TaskState ofCode(int code) {
        return values()[code];
    }

    /** The name on the wire, in the CLI and in metrics: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this wire name, or null. */
    public static TaskState ofWire(String wire) {
        for (TaskState state : values()) {
            if (state.wire().equals(wire)) {
                return state;
            }
        }
        return null;
    }

    /** No worker will touch the task again unless someone retries it. */
    public boolean terminal() {
        return code >= SUCCEEDED.code;
    }

    /**
     * Ready may become succeeded only through a completion that arrives after the lease expired, while nobody else holds
     * the task.
     */
    public boolean canBecome(TaskState next) {
        return ALLOWED.get(this).contains(next);
    }
}
