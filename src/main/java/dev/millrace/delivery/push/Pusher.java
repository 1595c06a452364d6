package dev.millrace.delivery.push;

import java.net.URI;
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
     * The event loop to push to this target from, on which pushes begin and end without a change of threads; one of
     * few for all targets on one host and port, so that they share its connections. What is already on it runs at once.
     */
    Executor loop(URI target);
}
