package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What callers are told when the store cannot. */
@QuarkusTest
@TestProfile(OutageProfile.class)
class OutageTest implements ApiFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void storeThatDoesNotAnswerIsUnavailable() {
        String queue = queue();
        task(queue);
        String id = "outage-" + UUID.randomUUID();
        String body = "{'type':'by-hand','id':'" + id + "'}";
        OutageProfile.run("kill", "-STOP", System.getProperty(OutageProfile.PID));
        try {
            Response refused = json(body).post("/queues/" + queue + "/tasks");
            refused.then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("code", equalTo("STORE_UNAVAILABLE"))
                    .body("id", nullValue());
            assertThat(refused.header("Retry-After")).matches("\\d+");
            get("/queues/" + queue).then().statusCode(503).body("code", equalTo("STORE_UNAVAILABLE"));
            get("/health").then().statusCode(503).body("status", equalTo("down"));
        } finally {
            OutageProfile.run("kill", "-CONT", System.getProperty(OutageProfile.PID));
        }
        Response again =
                until(() -> json(body).post("/queues/" + queue + "/tasks"), answer -> answer.statusCode() < 500);
        again.then().body("id", equalTo(id)).body("state", equalTo("ready"));
        get("/queues/" + queue).then().body("counts.ready", equalTo(2));
    }

    @Test
    void fullStoreTakesNothingNewButLetsWhatRunsEnd() {
        String queue = queue();
        until(
                () -> json("{'type':'by-hand'}").post("/queues/" + queue + "/tasks"),
                answer -> answer.statusCode() == 201);
        String token = token(queue);
        OutageProfile.maxMemory("1mb");
        try {
            json("{'type':'by-hand'}")
                    .post("/queues/" + queue + "/tasks")
                    .then()
                    .statusCode(507)
                    .body("code", equalTo("STORE_FULL"));
            json("{'result':1}")
                    .post("/leases/" + token + "/complete")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("succeeded"));
        } finally {
            OutageProfile.maxMemory("0");
        }
        submitted(queue, "{'type':'by-hand'}");
    }

    @Test
    void submissionThatComesAgainWhenTheStoreIsFullIsAnsweredWithItsTask() {
        String queue = queue();
        String key = "key-of-" + queue;
        String id = until(() -> keyed(queue, key), answer -> answer.statusCode() == 201)
                .path("id");
        OutageProfile.maxMemory("1mb");
        try {
            keyed(queue, key)
                    .then()
                    .statusCode(200)
                    .header("Idempotency-Replayed", "true")
                    .body("id", equalTo(id));
            json("[{'type':'by-hand','id':'" + id + "'},{'type':'by-hand'}]")
                    .post("/queues/" + queue + "/tasks/bulk")
                    .then()
                    .statusCode(200)
                    .body("results.status", equalTo(List.of(200, 507)));
        } finally {
            OutageProfile.maxMemory("0");
        }
    }

    private Response keyed(String queue, String key) {
        return request()
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body("{\"type\":\"by-hand\"}")
                .post("/queues/" + queue + "/tasks");
    }

    @Test
    void bulkCallOfWhichAPartFitsTellsOfEachTaskAndIsRepeatedUnderItsKey() {
        String queue = queue();
        until(
                () -> json("{'type':'by-hand'}").post("/queues/" + queue + "/tasks"),
                answer -> answer.statusCode() == 201);
        int tasks = 3_000;
        byte[] lines = ("{\"type\":\"by-hand\",\"payload\":\"" + "x".repeat(3_000) + "\"}\n")
                .repeat(tasks)
                .getBytes(StandardCharsets.US_ASCII);
        OutageProfile.maxMemory(Long.toString(OutageProfile.usedMemory() + (5 << 20)));
        try {
            Response half = bulk(queue, lines);
            half.then().statusCode(200);
            List<Integer> statuses = half.path("results.status");
            int accepted = half.path("accepted");
            assertThat(statuses).hasSize(tasks).containsOnly(201, 507);
            assertThat(statuses).filteredOn(status -> status == 201).hasSize(accepted);
            assertThat(half.<List<String>>path("results.code")).contains("STORE_FULL");
            get("/queues/" + queue).then().body("counts.ready", equalTo(1 + accepted));
            OutageProfile.maxMemory("1mb");
            Response none = json("[{'type':'by-hand'},{'type':'by-hand'}]").post("/queues/" + queue + "/tasks/bulk");
            none.then().statusCode(507).body("code", equalTo("STORE_FULL"));
        } finally {
            OutageProfile.maxMemory("0");
        }
        bulk(queue, lines).then().statusCode(200).body("accepted", equalTo(tasks));
        get("/queues/" + queue).then().body("counts.ready", equalTo(1 + tasks));
    }

    private Response bulk(String queue, byte[] lines) {
        return request()
                .contentType("application/x-ndjson")
                .header("Idempotency-Key", "bulk-of-" + queue)
                .body(lines)
                .post("/queues/" + queue + "/tasks/bulk");
    }

    /** Calls again until the answer is fine: the way back takes the store's clients a moment. */
    private static Response until(Supplier<Response> call, Predicate<Response> fine) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Response answer = call.get();
        while (!fine.test(answer) && System.nanoTime() < deadline) {
            answer = call.get();
        }
        return answer;
    }
}
