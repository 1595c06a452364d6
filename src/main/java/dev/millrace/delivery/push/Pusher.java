package dev.millrace.delivery.push;

import java.util.concurrent.CompletionStage;

/** Sends one HTTP request to a backend, under the guard against forbidden addresses. */
public interface Pusher {
    /**
     * Sends the request once; nothing is repeated and no redirect followed. The stage always ends with an answer, never
     * with an exception, at the latest when the request's total time is over. It ends on an event loop: what hangs off
     * it must not block. Cancelling its future abandons the request.
     */
    CompletionStage<PushAnswer> push(PushRequest request);
}
