package dev.millrace.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An installation in the middle of its day, made over HTTP. */
final class Demo {
    private static final String BASE = "/api/v1";
    /** There are some like it. */
    private static final String LONG = "notifications.transactional-email.eu-central-1";

    private final List<DemoBackend> backends = new ArrayList<>();

    /**
     * @param past gives the queues one, before anything else happens in them
     */
    void play(Runnable past) {
        submit();
        past.run();
        work();
        deliver();
    }

    /** Lets go of what would run on. */
    void end() {
        backends.forEach(DemoBackend::close);
        given().contentType("application/json")
                .body("{\"action\":\"cancel\",\"filter\":{\"queue\":\"crawl\"}}")
                .post(BASE + "/tasks/actions")
                .then()
                .statusCode(200);
    }

    private static void submit() {
        push(
                "mail",
                60,
                i -> "{\"type\":\"email.send\",\"payload\":{\"to\":\"user" + i
                        + "@example.org\",\"template\":\"welcome\"}}");
        push(
                "images",
                180,
                i -> "{\"type\":\"image.resize\",\"payload\":{\"key\":\"uploads/" + i + ".jpg\",\"width\":1280}}");
        push(
                "webhooks",
                90,
                i -> "{\"type\":\"webhook.deliver\",\"maxAttempts\":" + (i % 3 == 0 ? 5 : 1)
                        + ",\"tags\":[\"billing\"],\"payload\":{\"url\":\"https://hooks.example.org/" + i + "\"}}");
        push(
                "reports",
                24,
                i -> "{\"type\":\"report.build\",\"delay\":\"PT" + (i + 1) + "H\",\"payload\":{\"month\":" + i + "}}");
        push(LONG, 40, i -> "{\"type\":\"com.example.notifications.TransactionalEmailJob\",\"payload\":" + i + "}");
        push("crawl", 9, i -> "{\"type\":\"sleep\",\"payload\":{\"duration\":\"PT" + (5 + i) + "M\"}}");
        push("imports", 30, i -> "{\"type\":\"csv.import\",\"payload\":{\"rows\":" + 1000 * i + "}}");
    }

    private static void work() {
        complete("mail", 58, "mailer-1");
        complete("images", 120, "gpu-1");
        run("images", 6, "gpu-2");
        run(LONG, 2, "notifier-7f9c5d6b8-x2kqp");
        fail("webhooks", 38);
        complete("webhooks", 40, "hooks-1");
        given().post(BASE + "/queues/imports/pause").then().statusCode(200);
    }

    /** To backends of which one fails now and then, and one is not there. */
    private void deliver() {
        DemoBackend well = new DemoBackend(0);
        DemoBackend ill = new DemoBackend(4);
        DemoBackend gone = new DemoBackend(0);
        backends.addAll(List.of(well, ill));
        gone.close();
        destination("orders", List.of(Map.of("url", well.url(), "weight", 3), Map.of("url", ill.url())));
        destination("partners", List.of(Map.of("url", well.url()), Map.of("url", gone.url(), "draining", true)));
        push(
                "shop",
                60,
                i -> "{\"type\":\"order.paid\",\"maxAttempts\":1,\"destination\":\"orders\",\"payload\":" + i + "}");
        push("shop", 20, i -> "{\"type\":\"order.sent\",\"destination\":\"partners\",\"payload\":" + i + "}");
        awaitEnds("shop");
    }

    private static void awaitEnds(String queue) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        int live;
        do {
            JsonPath counts = given().get(BASE + "/queues/" + queue).jsonPath().setRootPath("counts");
            live = counts.getInt("scheduled") + counts.getInt("ready") + counts.getInt("running");
        } while (live > 0 && System.nanoTime() < end);
        assertThat(live).as("tasks of " + queue + " that did not end").isZero();
    }

    private static void destination(String name, List<Map<String, Object>> backends) {
        given().contentType("application/json")
                .body(Map.of("backends", backends, "balance", "weighted", "healthCheck", Map.of("path", "/healthz")))
                .put(BASE + "/destinations/" + name)
                .then()
                .statusCode(201);
    }

    /** The id of a task in a state, of which there are some. */
    static String one(String queue, String state) {
        String id = given().get(BASE + "/tasks?queue=" + queue + "&state=" + state + "&limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
        assertThat(id).as(queue + " " + state).isNotNull();
        return id;
    }

    /** The id of a process, as it stands in an address. */
    static String node() {
        String id = given().get(BASE + "/clustering/nodes")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static void push(String queue, int count, IntFunction<String> task) {
        String body = IntStream.range(0, count).mapToObj(task).collect(Collectors.joining(",", "[", "]"));
        given().contentType("application/json")
                .body(body)
                .post(BASE + "/queues/" + queue + "/tasks/bulk")
                .then()
                .statusCode(200);
    }

    private static List<String> lease(String queue, int count, String worker) {
        List<String> tokens = new ArrayList<>();
        while (tokens.size() < count) {
            Response answer = given().contentType("application/json")
                    .body(Map.of("max", Math.min(100, count - tokens.size()), "lease", "PT10M", "worker", worker))
                    .post(BASE + "/queues/" + queue + "/leases");
            tokens.addAll(answer.then().statusCode(200).extract().path("leases.token"));
        }
        return tokens;
    }

    private static void complete(String queue, int count, String worker) {
        List<Map<String, Object>> ends = lease(queue, count, worker).stream()
                .<Map<String, Object>>map(token -> Map.of("token", token, "result", Map.of("ok", true)))
                .toList();
        given().contentType("application/json")
                .body(ends)
                .post(BASE + "/leases/complete")
                .then()
                .statusCode(200);
    }

    private static void run(String queue, int count, String worker) {
        int percent = 10;
        for (String token : lease(queue, count, worker)) {
            given().contentType("application/json")
                    .body(Map.of("percent", percent, "message", "tile " + percent, "log", List.of("decoded", "scaled")))
                    .post(BASE + "/leases/" + token + "/progress")
                    .then()
                    .statusCode(200);
            percent += 15;
        }
    }

    private static void fail(String queue, int count) {
        String[] messages = {
            "hooks.example.org answered 503", "connection refused", "certificate of hooks.example.org expired"
        };
        String[] types = {"HttpError", "ConnectException", "TlsError"};
        int next = 0;
        for (String token : lease(queue, count, "hooks-1")) {
            int kind = next++ % 7 < 4 ? 0 : next % 3;
            given().contentType("application/json")
                    .body(Map.of("type", types[kind], "message", messages[kind]))
                    .post(BASE + "/leases/" + token + "/fail")
                    .then()
                    .statusCode(200);
        }
    }
}
