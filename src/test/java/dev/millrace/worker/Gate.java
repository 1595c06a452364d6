package dev.millrace.worker;

import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A handler that a test can see begin, hold and let go, and that tells how it was stopped. */
final class Gate implements TaskHandler<Payload> {
    private final CompletableFuture<TaskContext> began = new CompletableFuture<>();
    private final CompletableFuture<Cancellation> stopped = new CompletableFuture<>();
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public Outcome run(Payload payload, TaskContext context) throws InterruptedException {
        began.complete(context);
        try {
            open.await();
        } catch (InterruptedException e) {
            stopped.complete(context.cancellation().orElse(null));
            throw e;
        }
        return Outcome.succeeded(Payload.of("\"through the gate\""));
    }

    TaskContext awaitBegan() {
        return soon(began);
    }

    /** Why it was interrupted. */
    Cancellation awaitStopped() {
        return soon(stopped);
    }

    void open() {
        open.countDown();
    }

    static <T> T soon(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("did not happen", e);
        }
    }
}
