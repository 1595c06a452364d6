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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tasks pushed to a backend that does nothing, beside a load generator that sends it the same requests. */
final class PushMeasurement {
    private static final int WARM_UP = 300_000;
    private static final int ROUNDS = 3;
    private static final int CONNECTIONS = 64;
    private static final int BULK_CONNECTIONS = 4;
    private static final long LONGEST_SECONDS = 600;
    /** Between two looks at whether any are left, each of which costs the server as much as a few pushes. */
    private static final long LOOK_MILLIS = 25;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerProcess process;
    private final URI server;
    private final String queue;
    private final Plan plan;
    private final HttpLoad direct;
    private final HttpLoad bulk;
    private final HttpClient client;
    private final PushBackend backend;
    private int destinations;

    /**
     * A round, or several.
     *
     * @param cpu of the server, while tasks were pushed
     */
    private record Taken(double seconds, double cpu) {
        static final Taken NONE = new Taken(0, 0);

        Taken plus(Taken other) {
            return new Taken(seconds + other.seconds, cpu + other.cpu);
        }
    }

    private PushMeasurement(Scratch scratch, ServerProcess process, Plan plan, HttpClient client) throws Exception {
        this.process = process;
        this.server = process.address();
        this.queue = scratch.key();
        this.plan = plan;
        this.client = client;
        backend = PushBackend.start(scratch.vertx());
        direct = new HttpLoad(scratch.vertx(), backend.address(), CONNECTIONS);
        bulk = new HttpLoad(scratch.vertx(), server, BULK_CONNECTIONS);
        destinations(1);
        bulk.send(bulk(0, 1), 1, 200);
    }

    /** So many there are from now on. */
    private void destinations(int count) throws Exception {
        for (; destinations < count; destinations++) {
            String body =
                    "{\"backends\":[{\"url\":\"" + backend.address() + "\"}],\"concurrency\":" + CONNECTIONS + "}";
            call("PUT", "/destinations/" + name(destinations), body);
        }
    }

    private static String name(int number) {
        return "bench-" + number;
    }

    /**
     * @param destinations over which the same tasks are spread, beside one alone; 1 for that alone
     */
    static Report of(Plan plan, Scratch scratch, ServerProcess server, int destinations) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Report report = new Report().put("store", plan.store().name().toLowerCase(Locale.ROOT));
            return new PushMeasurement(scratch, server, plan, client).run(report, destinations);
        }
    }

    /** In turns, so that whatever else the machine does falls on both. */
    private Report run(Report report, int most) throws Exception {
        pushed(WARM_UP, 1);
        sent(WARM_UP);
        int share = Math.ceilDiv(plan.tasks(), ROUNDS);
        double directSeconds = 0;
        Taken pushes = Taken.NONE;
        long tasks = 0;
        long requests = 0;
        for (int round = 0; round < ROUNDS; round++) {
            directSeconds += sent(share);
            requests += share;
            pushes = pushes.plus(pushed(share, 1));
            tasks += rounded(share);
        }
        report.put("tasks", tasks)
                .put("payloadBytes", plan.payload())
                .put("connections", CONNECTIONS)
                .perSecond("directPerSecond", requests / directSeconds)
                .perSecond("pushPerSecond", tasks / pushes.seconds)
                .ratio("ratioToDirect", tasks / pushes.seconds / (requests / directSeconds))
                .ratio("serverCpuMicrosPerPush", pushes.cpu * 1e6 / tasks);
        return most == 1 ? report : spread(report, most, share);
    }

    /** The same tasks to one destination and to many, in turns. */
    private Report spread(Report report, int most, int share) throws Exception {
        destinations(most);
        pushed(WARM_UP, most);
        Taken one = Taken.NONE;
        Taken many = Taken.NONE;
        for (int round = 0; round < ROUNDS; round++) {
            one = one.plus(pushed(share, 1));
            many = many.plus(pushed(share, most));
        }
        double tasks = (double) ROUNDS * rounded(share);
        return report.put("destinations", most)
                .perSecond("spreadPerSecond", tasks / many.seconds)
                .ratio("ratioToOneDestination", one.seconds / many.seconds)
                .ratio("spreadServerCpuMicrosPerPush", many.cpu * 1e6 / tasks);
    }

    /** The very request that came as the first push, to the last byte. Answers the seconds. */
    private double sent(int count) throws Exception {
        return count / direct.send(backend.firstRequest(), count, 200).perSecond();
    }

    private int rounded(int count) {
        return Math.ceilDiv(count, plan.batch()) * plan.batch();
    }

    /** From letting them go to the end of the last. */
    private Taken pushed(int count, int over) throws Exception {
        call("POST", "/queues/" + queue + "/pause", null);
        int calls = Math.ceilDiv(count, plan.batch());
        int bodies = Math.min(calls, Math.ceilDiv(over, plan.batch()));
        for (int body = 0; body < bodies; body++) {
            int share = calls / bodies + (body < calls % bodies ? 1 : 0);
            bulk.send(bulk(body * plan.batch(), over), share, 200);
        }
        double cpu = process.cpuSeconds();
        long start = System.nanoTime();
        call("POST", "/queues/" + queue + "/resume", null);
        awaitEmpty();
        return new Taken((System.nanoTime() - start) / 1e9, process.cpuSeconds() - cpu);
    }

    /** To one destination after the other, from this one on. */
    private Request bulk(int first, int over) {
        String array = IntStream.range(first, first + plan.batch())
                .mapToObj(i -> "{\"type\":\"" + Load.TYPE + "\",\"destination\":\"" + name(i % over) + "\",\"payload\":"
                        + payload() + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return new Request("POST", "/api/v1/queues/" + queue + "/tasks/bulk", array, null);
    }

    private void awaitEmpty() throws Exception {
        CountDownLatch pause = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (left() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(left() + " tasks were not pushed in " + LONGEST_SECONDS + " s");
            }
            pause.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
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
