package dev.millrace.testing;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** What one test has for itself in a store that it shares with others: its time and its queues. */
public final class Scene {
    private final FakeClock clock = new FakeClock();
    private final Set<String> queues = new LinkedHashSet<>();
    private final String queue = newQueue();

    public FakeClock clock() {
        return clock;
    }

    public String queue() {
        return queue;
    }

    /** A queue that nobody else has. */
    public String newQueue() {
        String name = "q-%016x".formatted(ThreadLocalRandom.current().nextLong());
        queues.add(name);
        return name;
    }

    /** Every queue of this test. */
    public Set<String> queues() {
        return queues;
    }
}
