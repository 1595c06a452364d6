package dev.millrace.worker;

import java.util.Locale;

/** What running a handler takes, and so where it runs. */
public enum Effort {
    /** Done within microseconds and never waits: runs where it was leased, many in a row. */
    INSTANT,
    /** Mostly waits for others, such as a database: a virtual thread each, {@code millrace.worker.concurrency} at once. */
    WAITING,
    /** Mostly computes: {@code millrace.worker.cpu-threads} at once, so that it leaves the machine to others. */
    CPU_BOUND;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
