package dev.millrace.storage.model;

import dev.millrace.storage.Storage;
import java.util.Set;

/** A store as one or more processes have it open. */
public interface Nodes {
    /** The one that does the next thing. */
    Storage node(int number);

    /** One of them ends and comes back. */
    void restart(int number);

    /** How many there are. */
    int count();

    /** Looks below the ports at what the store keeps of these queues. */
    void checkLayout(Set<String> queues);
}
