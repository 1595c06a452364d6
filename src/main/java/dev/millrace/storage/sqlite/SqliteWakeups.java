package dev.millrace.storage.sqlite;

import dev.millrace.queue.Wakeups;
import dev.millrace.task.TaskId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells listeners of this process, which is the only one on the file, on a thread of its own. */
final class SqliteWakeups implements Wakeups, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SqliteWakeups.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService announcer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("sqlite-wakeups").daemon().factory());

    @Override
    public Subscription subscribe(Listener listener) {
        Listener own = new Once(listener);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    void announce(List<String> ready, List<TaskId> cancelled, List<TaskId> ended, List<String> told) {
        if (listeners.isEmpty()) {
            return;
        }
        try {
            announcer.execute(() -> listeners.forEach(listener -> {
                tell(ready, listener::ready);
                tell(cancelled, listener::cancelled);
                tell(ended, listener::ended);
                tell(told, listener::told);
            }));
        } catch (RejectedExecutionException e) {
            LOG.debug("The store is closing; nobody is told any more.");
        }
    }

    /** One listener's failure is not the others'. */
    private static <T> void tell(List<T> what, Consumer<T> listener) {
        for (T one : what) {
            try {
                listener.accept(one);
            } catch (RuntimeException e) {
                LOG.warn("A listener of the store's announcements failed", e);
            }
        }
    }

    @Override
    public void close() {
        announcer.shutdown();
    }

    /** The same listener may be subscribed twice; each subscription ends alone. */
    private static final class Once implements Listener {
        private final Listener listener;

        private Once(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void ready(String queue) {
            listener.ready(queue);
        }

        @Override
        public void cancelled(TaskId task) {
            listener.cancelled(task);
        }

        @Override
        public void ended(TaskId task) {
            listener.ended(task);
        }

        @Override
        public void told(String node) {
            listener.told(node);
        }
    }
}
