package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
        run("kill", "-STOP", System.getProperty(OutageProfile.PID));
        try {
            Response refused = json(body).post("/queues/" + queue + "/tasks");
            refused.then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("code", equalTo("STORE_UNAVAILABLE"))
                    .body("id", equalTo(id));
            assertThat(refused.header("Retry-After")).matches("\\d+");
            get("/queues/" + queue).then().statusCode(503).body("code", equalTo("STORE_UNAVAILABLE"));
            get("/health").then().statusCode(503).body("status", equalTo("down"));
        } finally {
            run("kill", "-CONT", System.getProperty(OutageProfile.PID));
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
        maxMemory("1mb");
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
            maxMemory("0");
        }
        submitted(queue, "{'type':'by-hand'}");
    }

    private static void maxMemory(String size) {
        run("redis-cli", "-p", System.getProperty(OutageProfile.PORT), "config", "set", "maxmemory", size);
    }

    private static void run(String... command) {
        try {
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
