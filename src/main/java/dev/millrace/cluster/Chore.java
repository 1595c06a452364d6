package dev.millrace.cluster;

import java.time.Duration;

/** A recurring piece of upkeep, safe on every node at once: correctness never rests on one of them. */
public interface Chore {
    /** In lower case, with dashes. */
    String name();

    /** How long to wait after one run before the next. */
    Duration interval();

    /** Does what is due, up to a bound; returns how many things it did. */
    int runOnce();
}
