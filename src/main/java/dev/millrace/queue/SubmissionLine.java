package dev.millrace.queue;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Submissions of one queue on their way to the store. There is no timer: whatever came while the last ones were under way
 * goes next, so that a lone submission goes at once and a crowd goes in large batches.
 */
final class SubmissionLine {
    /** One is written while the next one is collected. */
    private static final int IN_FLIGHT = 2;

    private final Room room;
    private final Function<List<TaskDraft>, List<Submission>> store;
    private final Executor flushers;
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    SubmissionLine(Room room, Function<List<TaskDraft>, List<Submission>> store, Executor flushers) {
        this.room = room;
        this.store = store;
        this.flushers = flushers;
    }

    void add(TaskDraft draft, CompletableFuture<Submission> answer) {
        if (!room.enter(draft.payload().size())) {
            answer.completeExceptionally(new MillraceException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "This node has too many submissions on their way to the store; nothing was accepted. Try again."));
            return;
        }
        pending.add(new Pending(draft, answer));
        startFlusher();
    }

    private void startFlusher() {
        int running = inFlight.get();
        while (running < IN_FLIGHT && !pending.isEmpty()) {
            if (inFlight.compareAndSet(running, running + 1)) {
                flushers.execute(this::flush);
                return;
            }
            running = inFlight.get();
        }
    }

    private void flush() {
        try {
            List<Pending> taken = take();
            while (!taken.isEmpty()) {
                send(taken);
                taken = take();
            }
        } finally {
            inFlight.decrementAndGet();
            startFlusher();
        }
    }

    private List<Pending> take() {
        List<Pending> taken = new ArrayList<>();
        Pending next = pending.poll();
        while (next != null) {
            taken.add(next);
            room.leave(next.draft.payload().size());
            next = taken.size() < TaskStore.STEP ? pending.poll() : null;
        }
        return taken;
    }

    private void send(List<Pending> taken) {
        try {
            List<Submission> answers =
                    store.apply(taken.stream().map(Pending::draft).toList());
            for (int i = 0; i < taken.size(); i++) {
                tell(taken.get(i), answers.get(i));
            }
        } catch (Throwable e) { // An Error, too: nobody else tells those who wait.
            taken.forEach(one -> one.answer.completeExceptionally(e));
        }
    }

    private static void tell(Pending one, Submission answer) {
        MillraceException failure = answer.outcome().failure();
        if (failure == null) {
            one.answer.complete(answer);
        } else {
            one.answer.completeExceptionally(failure);
        }
    }

    private record Pending(TaskDraft draft, CompletableFuture<Submission> answer) {}

    /** Bounds what waits on this node, over all queues. */
    static final class Room {
        private static final int TASKS = 50_000;
        private static final long BYTES = 64L << 20;

        private final AtomicInteger tasks = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();

        boolean enter(int size) {
            boolean fits = tasks.incrementAndGet() <= TASKS;
            fits &= bytes.addAndGet(size) <= BYTES;
            if (fits) {
                return true;
            }
            leave(size);
            return false;
        }

        void leave(int size) {
            tasks.decrementAndGet();
            bytes.addAndGet(-size);
        }
    }
}
