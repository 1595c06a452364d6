package dev.millrace.delivery.push;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Sends one HTTP request to a backend, under the guard against forbidden addresses. */
public interface Pusher {
    /**
     * Sends the request once; nothing is repeated and no redirect followed. The stage always ends with an answer, never
     * with an exception, at the latest when the request's total time is over. It ends on an event loop: what hangs off
     * it must not block. Cancelling its future abandons the request.
     */
    CompletionStage<PushAnswer> push(PushRequest request);

    /**
     * An event loop to push from, of which pushes begin and end without a change of threads. What is already on it runs
     * at once.
     */
    Executor loop();
}
