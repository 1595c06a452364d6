package dev.millrace.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** A backend in this process that takes every request and says no more than that it did. */
final class PushBackend {
    private static final int LOOPS = 2;
    private static final long START_SECONDS = 30;

    private PushBackend() {}

    /** On a free loopback port, until the Vert.x is closed. */
    static URI start(Vertx vertx) throws Exception {
        int port = RedisProcess.Ports.free();
        vertx.deployVerticle(() -> new Listening(port), new DeploymentOptions().setInstances(LOOPS))
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_SECONDS, TimeUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** One event loop's share of the connections. */
    private static final class Listening extends AbstractVerticle {
        private final int port;

        Listening(int port) {
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer();
            server.requestHandler(request ->
                            request.endHandler(end -> request.response().end()))
                    .listen(port, "127.0.0.1")
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
