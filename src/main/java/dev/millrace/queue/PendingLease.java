package dev.millrace.queue;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A lease call under way. It holds no thread while it waits. */
public interface PendingLease {
    /** What was leased; empty when nothing came in time. */
    CompletionStage<List<Lease>> leases();

    /** The client went away: nothing is leased for it after this, and what was just being leased is handed back. */
    void cancel();
}
