package dev.millrace.worker;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Takes the tasks of destinations where they are to go. A worker leases for it, keeps the leases alive and tells how the
 * tasks ended. May be called from any thread; only {@link #tend} may block, and {@link #open} while in doubt.
 */
public interface Courier {
    /**
     * What may be leased now, of each destination as much as it can take; empty when that is nothing. Asks the
     * store what destinations there are if that is in doubt, as it is in a process that has just begun.
     *
     * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE}
     */
    Optional<Lanes> open();

    /**
     * What is known of destinations may be out of date: the next {@link #open} asks for them first, so that a drain
     * overlooks none that was there before it began. At no cost.
     */
    void doubt();

    /** Whether there may be any destination at all; at no cost, unlike {@link #open}. */
    boolean isThere();

    /** Whether it takes more for this destination now; at no cost, unlike {@link #open}. */
    boolean wants(String destination);

    /** How many more tasks it takes over all destinations. */
    int room();

    /** Called whenever there may be more room than before. */
    void onRoom(Runnable listener);

    /** Takes a task on, to be delivered when its turn has come; ends once, and never with an exception. */
    CompletionStage<Delivery> deliver(Lease lease, Receipt receipt);

    /** Does what time asks for; answers the nanoseconds until it is to be called again, at most a second. */
    long tend();
}
