package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What comes again, and what waits for the end. */
interface RepeatRules extends ApiFixture {
    @Test
    default void sameIdWithTheSameBodyIsTheFirstTask() {
        String queue = queue();
        String id = "id-" + UUID.randomUUID();
        String body = "{'type':'by-hand','id':'" + id + "','payload':{'n':1}}";
        submitted(queue, body).body("id", equalTo(id)).header("Idempotency-Replayed", (String) null);
        json(body.replace(":{'n':1}", ": {'n':1}").replace("{'type'", "{ 'type'"))
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(id));
        json(body.replace("'n':1", "'n':2"))
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(409)
                .body("code", equalTo("DUPLICATE_TASK"))
                .body("id", equalTo(id));
        json(body).post("/queues/" + queue() + "/tasks").then().statusCode(409).body("code", equalTo("DUPLICATE_TASK"));
        lease(queue).then().body("leases", hasSize(1));
        lease(queue).then().body("leases", hasSize(0));
    }

    @Test
    default void whatIsSentAgainUnderTheIdThatTheServerMadeIsTheFirstTask() {
        String queue = queue();
        String id = submitted(queue, "{'type':'by-hand','payload':{'n':1}}")
                .extract()
                .path("id");
        String body = "{'type':'by-hand','id':'" + id + "','payload':{'n':1}}";
        json(body)
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(id));
        json(body.replace("'n':1", "'n':2"))
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(409)
                .body("code", equalTo("DUPLICATE_TASK"));
    }

    @Test
    default void sameIdempotencyKeyWithTheSameBodyIsTheFirstTask() {
        String queue = queue();
        String id = json("{'type':'by-hand'}")
                .header("Idempotency-Key", "\"key 1\"")
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        json("{'type':'by-hand'}")
                .header("Idempotency-Key", "key 1")
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(id));
        json("{'type':'by-hand','priority':1}")
                .header("Idempotency-Key", "key 1")
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_MISMATCH"));
        json("{'type':'by-hand'}")
                .header("Idempotency-Key", "key 1")
                .post("/queues/" + queue() + "/tasks")
                .then()
                .statusCode(201);
    }

    @Test
    default void concurrentRepeatsMakeOneTask() {
        String queue = queue();
        List<CompletableFuture<Response>> calls = java.util.stream.IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> json("{'type':'by-hand'}")
                        .header("Idempotency-Key", "once")
                        .post("/queues/" + queue + "/tasks")))
                .toList();
        List<Integer> statuses =
                calls.stream().map(call -> call.join().statusCode()).toList();
        assertThat(statuses).containsOnlyOnce(201).isSubsetOf(200, 201, 409);
        get("/queues/" + queue).then().body("counts.ready", equalTo(1));
    }

    @Test
    default void uniqueKeyIsHeldByOneTask() {
        String queue = queue();
        String body = "{'type':'by-hand','unique':{'key':'k'}}";
        String first = submitted(queue, body).extract().path("id");
        json(body)
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(409)
                .body("code", equalTo("DUPLICATE_TASK"))
                .body("id", equalTo(first));
        json(body.replace("'k'}", "'k','mode':'return'}"))
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", (String) null)
                .body("id", equalTo(first));
        String second = submitted(queue, body.replace("'k'}", "'k','mode':'replace'}"))
                .extract()
                .path("id");
        get("/tasks/" + first)
                .then()
                .body("state", equalTo("cancelled"))
                .body("history[-1].cause", equalTo("replaced"));
        assertThat(token(queue)).isNotNull();
        json(body.replace("'k'}", "'k','mode':'replace'}"))
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(409)
                .body("id", equalTo(second));
    }

    @Test
    default void preferWaitHoldsTheAnswerUntilTheEnd() {
        json("{'type':'echo','payload':{'x':[1]}}")
                .header("Prefer", "wait=10")
                .post("/queues/" + queue() + "/tasks")
                .then()
                .statusCode(201)
                .header("Preference-Applied", equalTo("wait=10"))
                .header("Location", notNullValue())
                .body("state", equalTo("succeeded"))
                .body("result.x", equalTo(List.of(1)))
                .body("attempts", equalTo(1));
    }

    @Test
    default void preferWaitEndsWithItsTime() {
        json("{'type':'by-hand'}")
                .header("Prefer", "respond-async, wait=1")
                .post("/queues/" + queue() + "/tasks")
                .then()
                .statusCode(201)
                .header("Preference-Applied", equalTo("wait=1"))
                .body("state", equalTo("ready"));
    }

    @Test
    default void repeatWithPreferWaitWaitsForTheFirstTask() {
        String queue = queue();
        String body = "{'type':'sleep','payload':{'duration':'PT0.3S'},'id':'s-" + UUID.randomUUID() + "'}";
        submitted(queue, body);
        json(body)
                .header("Prefer", "wait=10")
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("state", equalTo("succeeded"));
    }
}
