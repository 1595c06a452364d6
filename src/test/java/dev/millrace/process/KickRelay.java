package dev.millrace.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a kick and its worker, and can make a kick get lost: it is answered, but nobody is woken. */
final class KickRelay implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger kicks = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile URI worker;
    private volatile int loseEach = Integer.MAX_VALUE;

    KickRelay() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::relay);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/drain";
    }

    void worker(URI address) {
        worker = address;
    }

    /** From now on every so manieth kick gets lost. */
    void loseEach(int kick) {
        loseEach = kick;
    }

    int kicks() {
        return kicks.get();
    }

    /** Kicks that reached the worker. */
    int passed() {
        return kicks.get() - lost.get();
    }

    int lost() {
        return lost.get();
    }

    private void relay(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Http.Reply reply;
            if (kicks.incrementAndGet() % loseEach == 0) {
                lost.incrementAndGet();
                reply = new Http.Reply(200, "{\"done\":0,\"more\":false}", "");
            } else {
                reply = new Http(worker).post("/api/v1/drain", body);
            }
            byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status() == 0 ? 502 : reply.status(), answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
