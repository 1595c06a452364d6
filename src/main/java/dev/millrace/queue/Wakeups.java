package dev.millrace.queue;

import dev.millrace.task.TaskId;

/**
 * Tells this node what happened in the store, on whichever node. A hint: one may be lost, so whoever waits looks again
 * each second. Stores announce by themselves; nothing here is called to announce.
 */
public interface Wakeups {
    /** Calls back, on a thread that must not be blocked, until the subscription is closed. */
    Subscription subscribe(Listener listener);

    /** What can be heard. */
    interface Listener {
        /**
         * The queue has, or may have, a task that can be leased and could not before: it became ready, or the queue was
         * resumed, or is below its concurrency again.
         */
        void ready(String queue);

        /** A running task was cancelled: its handler is to stop. The id is the one that the server made. */
        void cancelled(TaskId task);

        /** An awaited task ended ({@link dev.millrace.task.Origin#awaited()}). The id is the one that the server made. */
        void ended(TaskId task);

        /** A node was told what to do. */
        default void told(String node) {}
    }

    /** Ends with {@link #close}. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
