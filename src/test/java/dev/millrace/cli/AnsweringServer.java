package dev.millrace.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers requests as a test says, so that the client's side of a broken exchange can be seen. */
final class AnsweringServer implements AutoCloseable {
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Function<Request, Reply> answers;
    private final HttpServer server;

    /**
     * @param answers null for a connection that ends without an answer
     */
    AnsweringServer(Function<Request, Reply> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * @param number from 0
     */
    record Request(int number, String method, String path, String key, String authorization, String body) {
        List<String> lines() {
            return body.lines().toList();
        }
    }

    record Reply(int status, String contentType, String body) {
        static Reply json(String body) {
            return new Reply(200, "application/json", body);
        }

        static Reply problem(int status, String code, String detail) {
            return new Reply(
                    status,
                    "application/problem+json",
                    "{\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\"}".formatted(status, code, detail));
        }

        /** All tasks of a bulk request are accepted. */
        static Reply acceptedAll(Request request) {
            int tasks = request.lines().size();
            return json("{\"accepted\":%d,\"rejected\":0,\"results\":[%s]}"
                    .formatted(
                            tasks,
                            IntStream.range(0, tasks)
                                    .mapToObj("{\"index\":%1$d,\"id\":\"id-%1$d\",\"status\":201}"::formatted)
                                    .collect(Collectors.joining(","))));
        }
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(
                requests.size(),
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("Authorization"),
                body);
        requests.add(request);
        Reply reply = answers.apply(request);
        if (reply != null) {
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
