package dev.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.HttpLoad.Request;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tasks pushed to a backend that does nothing, beside a load generator that sends it the same requests. */
final class PushMeasurement {
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 3;
    private static final int CONNECTIONS = 64;
    private static final int BULK_CONNECTIONS = 4;
    private static final long LONGEST_SECONDS = 600;
    private static final String DESTINATION = "bench";
    /** About as long as those of a push. */
    private static final String HEADERS = "x".repeat(500);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String queue;
    private final Plan plan;
    private final HttpLoad direct;
    private final HttpLoad bulk;
    private final HttpClient client;

    private PushMeasurement(Scratch scratch, URI server, Plan plan, HttpClient client) throws Exception {
        this.server = server;
        this.queue = scratch.key();
        this.plan = plan;
        this.client = client;
        URI backend = PushBackend.start(scratch.vertx());
        direct = new HttpLoad(scratch.vertx(), backend, CONNECTIONS);
        bulk = new HttpLoad(scratch.vertx(), server, BULK_CONNECTIONS);
        call(
                "PUT",
                "/destinations/" + DESTINATION,
                "{\"backends\":[{\"url\":\"" + backend + "\"}],\"concurrency\":" + CONNECTIONS + "}");
        bulk.send(bulk(1), 1, 200);
    }

    static Report of(Plan plan, Scratch scratch, URI server) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Report report = new Report().put("store", plan.store().name().toLowerCase(Locale.ROOT));
            return new PushMeasurement(scratch, server, plan, client).run(report);
        }
    }

    /** In turns, so that whatever else the machine does falls on both. */
    private Report run(Report report) throws Exception {
        pushed(WARM_UP);
        sent(WARM_UP);
        int share = Math.ceilDiv(plan.tasks(), ROUNDS);
        double directSeconds = 0;
        double pushSeconds = 0;
        long tasks = 0;
        long requests = 0;
        for (int round = 0; round < ROUNDS; round++) {
            directSeconds += sent(share);
            requests += share;
            pushSeconds += pushed(share);
            tasks += rounded(share);
        }
        return report.put("tasks", tasks)
                .put("payloadBytes", plan.payload())
                .put("connections", CONNECTIONS)
                .perSecond("directPerSecond", requests / directSeconds)
                .perSecond("pushPerSecond", tasks / pushSeconds)
                .ratio("ratioToDirect", tasks / pushSeconds / (requests / directSeconds));
    }

    /** Seconds. */
    private double sent(int count) throws Exception {
        Request request = new Request("POST", "/?" + HEADERS, payload(), null);
        return count / direct.send(request, count, 200).perSecond();
    }

    private int rounded(int count) {
        return Math.ceilDiv(count, plan.batch()) * plan.batch();
    }

    /** Seconds from letting them go to the end of the last. */
    private double pushed(int count) throws Exception {
        String task = "{\"type\":\"" + Load.TYPE + "\",\"destination\":\"" + DESTINATION + "\",\"payload\":" + payload()
                + "}";
        String array = "[" + (task + ",").repeat(plan.batch() - 1) + task + "]";
        String path = "/api/v1/queues/" + queue;
        call("POST", "/queues/" + queue + "/pause", null);
        bulk.send(bulk(plan.batch()), Math.ceilDiv(count, plan.batch()), 200);
        long start = System.nanoTime();
        call("POST", "/queues/" + queue + "/resume", null);
        awaitEmpty();
        return (System.nanoTime() - start) / 1e9;
    }

    private Request bulk(int tasks) {
        String task = "{\"type\":\"" + Load.TYPE + "\",\"destination\":\"" + DESTINATION + "\",\"payload\":" + payload()
                + "}";
        String array = "[" + (task + ",").repeat(tasks - 1) + task + "]";
        return new Request("POST", "/api/v1/queues/" + queue + "/tasks/bulk", array, null);
    }

    private void awaitEmpty() throws Exception {
        CountDownLatch pause = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (left() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(left() + " tasks were not pushed in " + LONGEST_SECONDS + " s");
            }
            pause.await(10, TimeUnit.MILLISECONDS);
        }
    }

    private long left() throws Exception {
        JsonNode counts = call("GET", "/queues/" + queue, null).path("counts");
        return counts.path("ready").asLong()
                + counts.path("running").asLong()
                + counts.path("scheduled").asLong();
    }

    private String payload() {
        return "1".repeat(Math.max(Load.SMALLEST, plan.payload()));
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1" + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + " was answered with " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }
}
