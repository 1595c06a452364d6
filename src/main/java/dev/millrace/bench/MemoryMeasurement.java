package dev.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How much memory a server takes that has nothing to do, and after its first tasks. */
final class MemoryMeasurement {
    private static final int CALL = 1_000;
    private static final int CALLS = 10;
    private static final Duration REST = Duration.ofSeconds(3);
    /** It gives back what it does not need when it has been idle for some seconds. */
    private static final Duration NATIVE_REST = Duration.ofSeconds(25);

    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();
    private static final String QUEUE = "/api/v1/queues/memory";

    private final ServerProcess server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private MemoryMeasurement(ServerProcess server) {
        this.server = server;
    }

    /** Of a server that is started for it. */
    static Report of(Scratch scratch, String redis) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(scratch.directory(), redis, scratch.key())) {
            return new MemoryMeasurement(server).run();
        }
    }

    private Report run() throws IOException, InterruptedException {
        rest();
        long idle = Machine.residentBytes(server.pid());
        String body = "[" + "{\"type\":\"echo\",\"payload\":1},".repeat(CALL - 1) + "{\"type\":\"echo\"}]";
        for (int call = 0; call < CALLS; call++) {
            send(request("/tasks/bulk")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build());
        }
        while (succeeded() < CALL * CALLS) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        rest();
        return new Report()
                .put("idle", idle)
                .put("after" + CALL * CALLS + "Tasks", Machine.residentBytes(server.pid()));
    }

    private static void rest() {
        boolean isNative = ImageMode.current() == ImageMode.NATIVE_RUN;
        LockSupport.parkNanos((isNative ? NATIVE_REST : REST).toNanos());
    }

    private long succeeded() throws IOException, InterruptedException {
        String queue = send(request("").GET().build());
        return new ObjectMapper()
                .readTree(queue)
                .path("counts")
                .path("succeeded")
                .asLong();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + QUEUE + path))
                .timeout(Duration.ofSeconds(30));
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the server answered " + response.statusCode());
        }
        return response.body();
    }
}
