package dev.millrace.storage.sqlite;

import dev.millrace.task.Cause;
import dev.millrace.task.Status;
import dev.millrace.task.TaskState;
import dev.millrace.task.Times;
import java.time.Instant;

/** What changes of one task. Times are milliseconds since 1970, {@link #NONE} for one that did not come. */
final class TaskRecord implements Cloneable {
    /** No time, no limit. */
    static final long NONE = -1;

    /** In place of a state: the task was refused when its batch came. */
    static final int REFUSED = 8;

    /** In place of a state: the task ended and was removed. */
    static final int GONE = 9;

    /** Regular events that are not in the history table but follow from the times here, in this order. */
    static final int TELLS_SUBMITTED = 1;

    static final int TELLS_DUE = 1 << 1;
    static final int TELLS_LEASED = 1 << 2;
    static final int TELLS_COMPLETED = 1 << 3;
    static final int TELLS_ALL = TELLS_SUBMITTED | TELLS_DUE | TELLS_LEASED | TELLS_COMPLETED;

    static final int BORN_SCHEDULED = 1 << 4;
    static final int HAS_EVENTS = 1 << 5;
    static final int HAS_RESULT = 1 << 6;
    static final int HAS_ERROR = 1 << 7;
    static final int HAS_PAYLOAD = 1 << 8;
    static final int HAS_PROGRESS = 1 << 9;
    static final int HAS_LOG = 1 << 10;
    static final int HAS_EXTRAS = HAS_EVENTS | HAS_RESULT | HAS_ERROR | HAS_PAYLOAD | HAS_PROGRESS | HAS_LOG;
    static final int NAMED = 1 << 11;
    static final int KEYED = 1 << 12;
    static final int UNIQUE = 1 << 13;
    static final int AWAITED = 1 << 14;

    int state;
    Ending ending = Ending.NONE;
    int flags;
    int generation;
    int attempts;
    int crashes;
    long revision;
    long cohort;
    long lane;
    int priority;
    long size;
    long createdAt;
    long readyAt = NONE;
    long runAt = NONE;
    long startedAt = NONE;
    long finishedAt = NONE;
    long deadline = NONE;
    /** Only while it may still come to that: a task that started does not expire. */
    long expiresAt = NONE;
    /** The task's own retention in milliseconds. */
    long keep = NONE;
    /** In its batch's list of workers. */
    int worker = (int) NONE;

    /** How the lease of the present generation ended. Stored by ordinal: append only. */
    enum Ending {
        NONE,
        COMPLETED,
        FAILED,
        RELEASED,
        EXPIRED,
        /** From outside. */
        CUT;

        private static final Ending[] ALL = values();

        static Ending ofOrdinal(int ordinal) {
            return ALL[ordinal];
        }

        static Ending ofFailure(Cause cause) {
            return cause == Cause.LEASE_EXPIRED ? EXPIRED : FAILED;
        }
    }

    TaskState state() {
        return TaskState.ofCode(state);
    }

    boolean exists() {
        return state < REFUSED;
    }

    boolean is(TaskState other) {
        return state == other.code();
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    void set(int flag, boolean on) {
        flags = on ? flags | flag : flags & ~flag;
    }

    /** Where it stands in its line: ready tasks go by this, lowest first. */
    long rank() {
        return readyAt - priority * 60_000L;
    }

    TaskRecord copy() {
        try {
            return (TaskRecord) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    Status status(String workerName) {
        Times times =
                new Times(instant(readyAt), instant(runAt), instant(startedAt), instant(finishedAt), instant(deadline));
        return new Status(state(), generation, attempts, crashes, revision, times, workerName);
    }

    static Instant instant(long millis) {
        return millis == NONE ? null : Instant.ofEpochMilli(millis);
    }
}
