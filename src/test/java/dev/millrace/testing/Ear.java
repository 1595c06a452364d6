package dev.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Wakeups;
import dev.millrace.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens to a store's announcements, and remembers what it heard. */
public final class Ear implements Wakeups.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Wakeups.Subscription subscription;
    private TaskId awaited;

    public Ear(Wakeups wakeups) {
        subscription = wakeups.subscribe(this);
    }

    @Override
    public void ready(String queue) {
        heard.add("ready " + queue);
    }

    @Override
    public void cancelled(TaskId task) {
        heard.add("cancelled " + task);
    }

    @Override
    public void ended(TaskId task) {
        heard.add("ended " + task);
    }

    @Override
    public void told(String node) {
        heard.add("told " + node);
    }

    /** The task that {@link #expectEnd} waits for. */
    public void awaits(TaskId task) {
        awaited = task;
    }

    public List<String> expectEnd() {
        return expect("ended " + awaited);
    }

    /** Waits for the message; answers what came before it. */
    public List<String> expect(String message) {
        List<String> before = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            while (next != null && !next.equals(message)) {
                before.add(next);
                next = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            assertThat(next).as("heard before: %s", before).isEqualTo(message);
            return before;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** What is still on its way is heard all the same; so this is for what follows in order. */
    public void forget() {
        heard.clear();
    }

    /** Stops listening. */
    public void leave() {
        subscription.close();
    }

    @Override
    public void close() {
        leave();
    }
}
