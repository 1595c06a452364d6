package dev.millrace.bench;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends the same request over a number of keep-alive connections, the next one on each as soon as its answer is whole.
 * Speaks just enough HTTP for that, so that the client costs little of the machine that it shares with the server.
 */
final class HttpLoad {
    private static final long PATIENCE_SECONDS = 300;

    private final Vertx vertx;
    private final URI server;
    private final int connections;

    HttpLoad(Vertx vertx, URI server, int connections) {
        this.vertx = vertx;
        this.server = server;
        this.connections = connections;
    }

    /**
     * @param answered nanoseconds that each request took
     */
    record Answers(double perSecond, Histogram answered) {}

    /**
     * @param status of every answer; another one ends the run
     */
    Answers send(Request request, int count, int status) throws Exception {
        return send(request.bytes(server), count, status);
    }

    /**
     * @param bytes of a whole request
     */
    Answers send(byte[] bytes, int count, int status) throws Exception {
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        Histogram taken = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
        long start = System.nanoTime();
        try {
            List<CompletableFuture<Void>> ends = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int share = count / connections + (i < count % connections ? 1 : 0);
                HttpConnection connection = new HttpConnection(bytes, share, status, taken);
                client.connect(server.getPort(), server.getHost())
                        .onSuccess(connection::begin)
                        .onFailure(connection::fail);
                ends.add(connection.end());
            }
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            client.close();
        }
        return new Answers(count * 1e9 / (System.nanoTime() - start), taken);
    }

    /**
     * @param body null for none
     * @param key API key; null for none
     */
    record Request(String method, String path, String body, String key) {
        byte[] bytes(URI server) {
            StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n")
                    .append("Host: ")
                    .append(server.getHost())
                    .append(':')
                    .append(server.getPort())
                    .append("\r\n");
            if (key != null) {
                text.append("Authorization: Bearer ").append(key).append("\r\n");
            }
            if (body != null) {
                text.append("Content-Type: application/json\r\nContent-Length: ")
                        .append(body.length())
                        .append("\r\n");
            }
            text.append("\r\n");
            return (body == null ? text : text.append(body))
                    .toString()
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }
    }
}
