package dev.millrace.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators and their machines ask. */
interface OperationsRules extends ApiFixture {
    @Test
    default void demandCountsWhatAWorkerCouldDoNow() {
        String queue = queue();
        task(queue);
        task(queue);
        submitted(queue, "{'type':'by-hand','delay':'PT1H'}");
        token(queue);
        String mine = "queues.find { it.name == '" + queue + "' }";
        get("/scaling")
                .then()
                .statusCode(200)
                .body("demand", greaterThan(1))
                .body(mine + ".ready", equalTo(1))
                .body(mine + ".due", equalTo(0))
                .body(mine + ".running", equalTo(1))
                .body(mine + ".wanted", equalTo(2))
                .body(mine + ".oldestReadyAge", notNullValue());
        post("/queues/" + queue + "/pause");
        get("/scaling").then().body(mine + ".wanted", equalTo(1));
    }

    @Test
    default void demandIsTheSumOfWhatIsWanted() {
        task(queue());
        var demand = get("/scaling").jsonPath();
        assertThat(demand.getList("queues.wanted", Long.class).stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(demand.getLong("demand"));
    }

    @Test
    default void tickDoesTheChores() {
        post("/maintenance/tick")
                .then()
                .statusCode(200)
                .body("chores.chore", hasItem(notNullValue()))
                .body("chores.done", everyItem(notNullValue()))
                .body("chores.failure", everyItem(nullValue()));
    }

    @Test
    default void backupIsMadeOrRefusedWithTheRightWay() {
        Response answer = post("/maintenance/backup");
        if (get("/health").path("store").equals("sqlite")) {
            answer.then().statusCode(200).body("bytes", greaterThan(0)).body("took", startsWith("PT"));
            assertThat(Path.of(answer.<String>path("file"))).isRegularFile();
        } else {
            problem(answer, 400, "INVALID_REQUEST");
            assertThat(answer.<String>path("detail")).contains("BGSAVE");
        }
        problem(json("{'file':'/etc/passwd'}").post("/maintenance/backup"), 400, "INVALID_REQUEST");
    }

    @Test
    default void nodeAnnouncesItself() {
        get("/clustering/nodes")
                .then()
                .statusCode(200)
                .body("items", hasSize(greaterThan(0)))
                .body("next", nullValue())
                .body("items[0].id", notNullValue())
                .body("items[0].roles", hasItem("api"))
                .body("items[0].state", equalTo("active"))
                .body("items[0].clockOffsetMillis", notNullValue())
                .body("items[0].heartbeatAt", notNullValue())
                .body("items[0].startedAt", notNullValue());
    }

    @Test
    default void aWorkerIsQuietUntilItIsToldToResume() {
        String node = "/clustering/nodes/" + get("/clustering/nodes").path("items[0].id") + "/";
        String queue = queue();
        try {
            post(node + "quiet").then().statusCode(200).body("id", notNullValue());
            awaitState("quiet");
            String id = submitted(queue, "{'type':'echo'}").extract().path("id");
            problem(post("/drain"), 409, "ILLEGAL_TRANSITION");
            get("/tasks/" + id).then().body("state", equalTo("ready"));
            post(node + "quiet").then().statusCode(200).body("told", nullValue());
        } finally {
            post(node + "resume").then().statusCode(200);
        }
        awaitState("active");
        problem(post("/clustering/nodes/nobody-00000000/stop"), 404, "NOT_FOUND");
        problem(json("{'now':true}").post(node + "quiet"), 400, "INVALID_REQUEST");
    }

    private void awaitState(String state) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!state.equals(get("/clustering/nodes").path("items[0].state")) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        get("/clustering/nodes").then().body("items[0].state", equalTo(state));
    }

    @Test
    default void doctorSaysWhatItLookedAtAndWhatIsWrong() {
        get("/doctor")
                .then()
                .statusCode(200)
                .body("checks", equalTo(List.of("files", "keys", "nodes", "queues", "secrets", "settings", "store")))
                .body("findings.code", hasItem("keys-none"))
                .body("findings.sentence", everyItem(notNullValue()));
    }

    @Test
    default void settingsSayWhereTheyComeFrom() {
        get("/config")
                .then()
                .statusCode(200)
                .body("items.find { it.name == 'millrace.drain' }.source", equalTo("default"))
                .body("items.find { it.name == 'millrace.drain' }.value", equalTo("PT25S"))
                .body("items.find { it.name == 'quarkus.http.host' }.value", notNullValue())
                .body("items.source", everyItem(notNullValue()));
    }

    @Test
    default void healthShowsComponents() {
        for (String base : List.of("", BASE)) {
            given().basePath(base)
                    .get("/health")
                    .then()
                    .statusCode(200)
                    .body("status", notNullValue())
                    .body("components.name", hasItem("store"))
                    .body("components.status", everyItem(notNullValue()))
                    .body("components.responseTime", everyItem(notNullValue()));
        }
    }

    @Test
    default void probesAndMetricsAreServed() {
        for (String probe : List.of("live", "ready", "started")) {
            given().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
        }
        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics).contains("millrace");
    }

    @Test
    default void openApiIsServed() {
        Map<String, Object> paths = given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("openapi", org.hamcrest.Matchers.startsWith("3.1"))
                .extract()
                .path("paths");
        assertThat(paths).containsKey(BASE + "/queues/{queue}/tasks");
    }
}
