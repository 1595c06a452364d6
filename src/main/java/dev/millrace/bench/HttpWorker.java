package dev.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Workers that pull tasks over HTTP and complete them in batches, as a worker in another language would. */
final class HttpWorker {
    private static final int IN_FLIGHT = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String queue;
    private final String key;
    private final int batch;

    /**
     * @param key API key; null for none
     */
    HttpWorker(URI server, String queue, String key, int batch) {
        this.server = server;
        this.queue = queue;
        this.key = key;
        this.batch = batch;
    }

    /** Until so many tasks are completed; answers the nanoseconds that it took. */
    long process(int tasks) throws Exception {
        AtomicInteger left = new AtomicInteger(tasks);
        long start = System.nanoTime();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                working.add(workers.submit(() -> work(client, left)));
            }
            for (Future<?> one : working) {
                one.get();
            }
        }
        return System.nanoTime() - start;
    }

    private Void work(HttpClient client, AtomicInteger left) throws Exception {
        String wanted = "{\"max\":" + batch + ",\"worker\":\"bench\"}";
        while (left.get() > 0) {
            JsonNode leases =
                    post(client, "/api/v1/queues/" + queue + "/leases", wanted).path("leases");
            ArrayNode done = JSON.createArrayNode();
            leases.forEach(lease -> done.addObject().set("token", lease.path("token")));
            if (!done.isEmpty()) {
                post(client, "/api/v1/leases/complete", done.toString());
                left.addAndGet(-done.size());
            }
        }
        return null;
    }

    private JsonNode post(HttpClient client, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " was answered with " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }
}
