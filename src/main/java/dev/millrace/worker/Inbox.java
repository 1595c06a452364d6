package dev.millrace.worker;

import dev.millrace.queue.Lanes;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The queues in which tasks of some lanes may be ready, in the order of their turns. */
final class Inbox {
    private final Supplier<Optional<Lanes>> lanes;
    private final BooleanSupplier any;
    private final Bell bell = new Bell();
    private final LinkedHashSet<String> queues = new LinkedHashSet<>();
    private boolean inHand;

    /**
     * @param lanes what is looked for
     */
    Inbox(Lanes lanes) {
        this(() -> Optional.of(lanes), () -> true);
    }

    /**
     * @param lanes what is looked for at a moment
     * @param any false while nothing is looked for, so that nothing goes in
     */
    Inbox(Supplier<Optional<Lanes>> lanes, BooleanSupplier any) {
        this.lanes = lanes;
        this.any = any;
    }

    Optional<Lanes> lanes() {
        return lanes.get();
    }

    Bell bell() {
        return bell;
    }

    /** The queue may have something; it comes after those that wait for their turn already. */
    void add(String queue) {
        if (any.getAsBoolean()) {
            put(queue);
            bell.ring();
        }
    }

    /** The same, for whoever rings the bell himself. */
    void put(String queue) {
        synchronized (queues) {
            queues.add(queue);
        }
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

    /** A queue has its turn. */
    boolean isInHand() {
        synchronized (queues) {
            return inHand;
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
