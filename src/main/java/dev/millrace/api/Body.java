package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads a request's body on the event loop, up to a limit. */
final class Body {
    private static final long LINGER_MILLIS = 2000;
    private static final long NO_ERROR = 0;
    private static final byte[] NOTHING = new byte[0];

    private final HttpServerRequest request;
    private final int limit;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private Buffer collected;
    private boolean growing;
    private long seen;

    private Body(HttpServerRequest request, int limit) {
        this.request = request;
        this.limit = limit;
    }

    /**
     * Completes with the body, empty when there is none, or exceptionally with {@code TOO_LARGE}. To be called before
     * the request's event loop does anything else with it.
     */
    static CompletionStage<byte[]> read(RoutingContext context, int limit) {
        HttpServerRequest request = context.request();
        Body body = new Body(request, limit);
        if (declaredLength(request) > limit) {
            body.whole.completeExceptionally(tooLarge(limit));
            return body.whole;
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
            throw new MillraceException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Compressed bodies are not read.");
        }
        body.start(context.response());
        return body.whole;
    }

    /** Of {@code Content-Length}; 0 without one. */
    static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    static MillraceException tooLarge(int limit) {
        return new MillraceException(
                ErrorCode.TOO_LARGE, "The body is larger than " + limit + " bytes.", Map.of("limit", limit));
    }

    /**
     * Ends the connection after the answer (of HTTP/2 the stream), without waiting for the rest of the body; but not at
     * once, since a client that is still sending would then be told of a broken connection rather than of the answer.
     */
    static void abandon(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            context.addEndHandler(answered -> request.response().reset(NO_ERROR));
            return;
        }
        request.response().putHeader("Connection", "close");
        context.addEndHandler(answered -> {
            HttpConnection connection = request.connection();
            request.exceptionHandler(gone -> {});
            if (request.isEnded()) {
                connection.close();
            } else {
                request.handler(ignored -> {});
                request.endHandler(all -> connection.close());
                request.resume();
                context.vertx().setTimer(LINGER_MILLIS, late -> connection.close());
            }
        });
    }

    private void start(HttpServerResponse response) {
        request.handler(this::add);
        request.endHandler(ended -> whole.complete(collected == null ? NOTHING : collected.getBytes()));
        request.exceptionHandler(whole::completeExceptionally);
        if (request.headers().contains("Expect", "100-continue", true)) {
            response.writeContinue();
        }
        request.resume();
    }

    private void add(Buffer chunk) {
        seen += chunk.length();
        if (seen > limit) {
            collected = null;
            whole.completeExceptionally(tooLarge(limit));
        } else if (collected == null) {
            collected = chunk;
        } else {
            if (!growing) {
                // The first chunk is the network's own buffer, of its size alone.
                collected = Buffer.buffer((int) Math.min(limit, 4 * seen)).appendBuffer(collected);
                growing = true;
            }
            collected.appendBuffer(chunk);
        }
    }
}
