package dev.millrace.access;

import java.util.Locale;

/** What a credential may do. */
public enum Role {
    /** Reads everything. */
    VIEWER,
    /** Submits tasks and reads those it submitted itself. */
    SUBMITTER,
    /** Leases tasks and ends them. */
    WORKER,
    /** Reads everything; cancels, retries and deletes tasks; pauses and resumes queues; starts upkeep. */
    OPERATOR,
    /** All of that; configures and deletes queues. */
    ADMIN;

    /** The name in configuration and in messages: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether who has this role may do what {@code needed} asks for. */
    boolean covers(Role needed) {
        return this == needed || this == ADMIN || (this == OPERATOR && needed == VIEWER);
    }
}
