package dev.millrace.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A backend in this process that takes every request and says no more than that it did. */
final class PushBackend {
    private static final int LOOPS = 2;
    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<byte[]> first = new CompletableFuture<>();
    private final int port;

    private PushBackend(int port) {
        this.port = port;
    }

    /** On a free loopback port, until the Vert.x is closed. */
    static PushBackend start(Vertx vertx) throws Exception {
        PushBackend backend = new PushBackend(RedisProcess.Ports.free());
        vertx.deployVerticle(() -> backend.new Listening(), new DeploymentOptions().setInstances(LOOPS))
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return backend;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The first request that came, as it came over the wire: waits for it. */
    byte[] firstRequest() throws Exception {
        return first.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static byte[] written(HttpServerRequest request, Buffer body) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.uri() + " HTTP/1.1\r\n");
        request.headers()
                .forEach(header -> head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("\r\n"));
        return Buffer.buffer(head.append("\r\n").toString(), StandardCharsets.ISO_8859_1.name())
                .appendBuffer(body)
                .getBytes();
    }

    /** One event loop's share of the connections. */
    private final class Listening extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer();
            server.requestHandler(request -> {
                        if (!first.isDone()) {
                            request.body().onSuccess(body -> first.complete(written(request, body)));
                        }
                        request.endHandler(end -> request.response().end());
                    })
                    .listen(port, "127.0.0.1")
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
