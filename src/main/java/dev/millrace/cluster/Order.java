package dev.millrace.cluster;

import java.util.Locale;

/** What a node with the role worker can be told to do. */
public enum Order {
    /** Leases nothing more; what runs goes on. */
    QUIET(Node.Stage.QUIET),
    /** Leases again. */
    RESUME(Node.Stage.ACTIVE),
    /** Leases nothing more, lets what runs end and hands back the rest as on SIGTERM, and exits. */
    STOP(Node.Stage.STOPPING);

    private final Node.Stage leadsTo;

    Order(Node.Stage leadsTo) {
        this.leadsTo = leadsTo;
    }

    /** The name on the wire: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    Node.Stage leadsTo() {
        return leadsTo;
    }
}
