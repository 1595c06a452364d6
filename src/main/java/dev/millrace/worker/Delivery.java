package dev.millrace.worker;

import dev.millrace.task.Outcome;

/** What came of bringing a task to its destination. */
public sealed interface Delivery {
    /** The attempt is over. */
    record Ended(Outcome outcome) implements Delivery {}

    /** Whoever got the task ends it with the lease token that came with it; it stays leased for its timeout. */
    record Later() implements Delivery {}
}
