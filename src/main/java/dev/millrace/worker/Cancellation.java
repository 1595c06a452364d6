package dev.millrace.worker;

/** Why an attempt was over before its handler was done. */
public enum Cancellation {
    /** Someone cancelled the task. */
    CANCELLED,
    /** The task's timeout passed. */
    TIMED_OUT,
    /** The lease ended here, and another worker may have the task. */
    LEASE_LOST,
    /** The process ends; the task was handed back. */
    STOPPING
}
