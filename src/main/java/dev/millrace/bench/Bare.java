package dev.millrace.bench;

/** A store's bare loop: what its client and the machine allow when nothing is kept of a task but its payload. */
interface Bare {
    /** Tasks of one round trip or transaction. */
    int BATCH = 100;

    Rates run(int tasks, int payloadBytes);
}
