package dev.millrace.delivery.destination;

import java.util.List;

/**
 * Keeps destinations.
 *
 * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} from any method
 */
public interface DestinationStore {
    /** Destinations there may be. */
    int LIMIT = 10_000;

    /** Any version, or none at all, may be there. */
    long ANY = -1;

    /** None may be there. */
    long NONE = 0;

    /** All of them by name. */
    List<Destination> list();

    /** Grows with every change of any of them. */
    long revision();

    /**
     * Keeps a destination under a version of its own.
     *
     * @param expected the version that has to be there, {@link #NONE} or {@link #ANY}
     */
    Written put(Destination destination, long expected);

    /**
     * @param expected the version that has to be there, or {@link #ANY}
     */
    Written remove(String name, long expected);

    /** What became of a change. */
    sealed interface Written {
        /**
         * @param version the new one; that of the removed one after a removal
         */
        record Done(long version) implements Written {}

        /** Another version is there. */
        record Stale() implements Written {}

        record NotFound() implements Written {}

        /** There are {@link #LIMIT} already. */
        record Full() implements Written {}
    }
}
