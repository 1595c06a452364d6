package dev.millrace.worker;

import java.util.LinkedHashSet;
import java.util.Set;

/** The queues in which tasks of some types may be ready, in the order of their turns. */
final class Inbox {
    private final Set<String> types;
    private final Bell bell = new Bell();
    private final LinkedHashSet<String> queues = new LinkedHashSet<>();
    private boolean inHand;

    /**
     * @param types what is looked for; never empty, since an empty set would mean all
     */
    Inbox(Set<String> types) {
        if (types.isEmpty()) {
            throw new IllegalArgumentException("An inbox without types");
        }
        this.types = types;
    }

    Set<String> types() {
        return types;
    }

    Bell bell() {
        return bell;
    }

    /** The queue may have something; it comes after those that wait for their turn already. */
    void add(String queue) {
        synchronized (queues) {
            queues.add(queue);
        }
        bell.ring();
    }

    /** The queue whose turn it is, taken off the line until {@link #done}; null when there is none. */
    String next() {
        synchronized (queues) {
            inHand = !queues.isEmpty();
            return inHand ? queues.removeFirst() : null;
        }
    }

    /** What there was to do about {@link #next} was done. */
    void done() {
        synchronized (queues) {
            inHand = false;
        }
    }

    /** No queue waits for its turn or has it. */
    boolean atRest() {
        synchronized (queues) {
            return queues.isEmpty() && !inHand;
        }
    }

    int size() {
        synchronized (queues) {
            return queues.size();
        }
    }
}
