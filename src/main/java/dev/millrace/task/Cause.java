package dev.millrace.task;

import java.util.Locale;

/** Why a task changed state; every line of a task's history has one. Stores keep the {@link #code()}. */
public enum Cause {
    SUBMITTED(0),
    DUE(1),
    LEASED(2),
    COMPLETED(3),
    FAILED(4),
    TIMED_OUT(5),
    LEASE_EXPIRED(6),
    RELEASED(7),
    MANUAL_RETRY(8),
    RUN_NOW(9),
    CANCELLED(10),
    EXPIRED(11),
    REPLACED(12),
    /** The task ended its worker {@link RetryPolicy#MAX_CRASHES} times. */
    POISON(13),
    OUTCOME_UNKNOWN(14),
    STORE_ROLLBACK(15);

    private final int code;

    Cause(int code) {
        this.code = code;
    }

    /** The number under which stores keep this cause; never reused. */
    public int code() {
        return code;
    }

    public static Cause ofCode(int code) {
        return values()[code];
    }

    /** The name on the wire: lower case, with dashes. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
