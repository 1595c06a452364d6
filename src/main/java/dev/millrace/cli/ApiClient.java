package dev.millrace.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls a Millrace server's HTTP API. Thread-safe. */
final class ApiClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final URI server;
    private final String key;
    private final HttpClient http;

    /**
     * @param server where it listens, without a path
     * @param key API key; null for none
     */
    ApiClient(URI server, String key) {
        this.server = server;
        this.key = key;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    URI server() {
        return server;
    }

    /**
     * @param path below the server's root, encoded
     * @throws Unreachable when no answer came
     */
    Answer get(String path) {
        return send(request(path).GET().build());
    }

    /**
     * For what is not JSON.
     *
     * @param path below the server's root, encoded
     * @throws Unreachable when no answer came
     */
    Answer getText(String path) {
        return send(request(path).setHeader("Accept", "text/plain").GET().build());
    }

    /**
     * @param idempotencyKey makes a repeat harmless
     * @throws Unreachable when no answer came; the request may have been carried out
     */
    Answer post(String path, String contentType, byte[] body, String idempotencyKey) {
        return send(request(path)
                .header("Content-Type", contentType)
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    /**
     * Without a body, of what may take long.
     *
     * @throws Unreachable when no answer came; the request may have been carried out
     */
    Answer post(String path, Duration patience) {
        return send(
                request(path).timeout(patience).POST(BodyPublishers.noBody()).build());
    }

    /**
     * Without a body.
     *
     * @throws Unreachable when no answer came; the request may have been carried out
     */
    Answer post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()).build());
    }

    /**
     * @throws Unreachable when no answer came; the request may have been carried out
     */
    Answer post(String path, byte[] json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json))
                .build());
    }

    /**
     * @throws Unreachable when no answer came; the request may have been carried out
     */
    Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    /**
     * @throws Unreachable when no answer came; the request may have been carried out
     */
    Answer put(String path, byte[] json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(json))
                .build());
    }

    /**
     * @throws Unreachable when no answer came; the request may have been carried out
     */
    Answer patch(String path, byte[] json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofByteArray(json))
                .build());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(server.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json");
        return key == null ? builder : builder.header("Authorization", "Bearer " + key);
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(server, response.statusCode(), contentType, response.body());
        } catch (IOException e) {
            throw new Unreachable(server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable(server, e);
        }
    }
}
