package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How tasks are submitted many at once. */
interface BulkRules extends ApiFixture {
    default Response lines(String queue, String body) {
        return request()
                .contentType("application/x-ndjson")
                .body(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .post("/queues/" + queue + "/tasks/bulk");
    }

    default Response array(String queue, String body) {
        return json(body).post("/queues/" + queue + "/tasks/bulk");
    }

    @Test
    default void linesAreAcceptedAndRefusedOneByOne() {
        String queue = queue();
        lines(
                        queue,
                        "{'type':'by-hand','payload':1}\n\n{'type':'by-hand','priority':10}\r\n{oops\n [1]\n{'type':'by-hand'}")
                .then()
                .statusCode(200)
                .contentType(JSON)
                .body("accepted", equalTo(2))
                .body("rejected", equalTo(3))
                .body("results.index", equalTo(List.of(0, 1, 2, 3, 4)))
                .body("results.status", equalTo(List.of(201, 400, 400, 400, 201)))
                .body("results[1].code", equalTo("INVALID_REQUEST"))
                .body("results[1].detail", containsString("/priority"))
                .body("results[2].code", equalTo("MALFORMED_JSON"))
                .body("results[3].code", equalTo("INVALID_REQUEST"));
        get("/queues/" + queue).then().body("counts.ready", equalTo(2));
    }

    @Test
    default void elementsOfAnArrayAreAcceptedAndRefusedOneByOne() {
        String queue = queue();
        array(queue, "[{'type':'by-hand'}, 5, {'type':'x y'}, {'type':'by-hand','payload':{'deep':[1.50]}}]")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("results.status", equalTo(List.of(201, 400, 400, 201)))
                .body("results[2].detail", containsString("/2/type"));
        assertThat(lease(queue).then().extract().path("leases[0].task.id").toString())
                .isNotEmpty();
        assertThat(lease(queue).asString()).contains("\"payload\":{\"deep\":[1.50]}");
    }

    @Test
    default void brokenArrayIsRefusedAsAWhole() {
        String queue = queue();
        array(queue, "[{'type':'by-hand'}, {").then().statusCode(400).body("code", equalTo("MALFORMED_JSON"));
        array(queue, "{'type':'by-hand'}").then().statusCode(400).body("code", equalTo("INVALID_REQUEST"));
        get("/queues/" + queue).then().statusCode(404);
    }

    @Test
    default void nothingAtAllIsFine() {
        array(queue(), "[]").then().statusCode(200).body("accepted", equalTo(0)).body("results", hasSize(0));
        lines(queue(), " ").then().statusCode(200).body("accepted", equalTo(0));
    }

    @Test
    default void tenThousandAreTakenAndNotOneMore() {
        String queue = queue();
        String line = "{'type':'by-hand'}\n";
        List<String> ids = lines(queue, line.repeat(10_000))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(10_000))
                .body("results", hasSize(10_000))
                .extract()
                .path("results.id");
        assertThat(ids).doesNotHaveDuplicates();
        get("/queues/" + queue).then().body("counts.ready", equalTo(10_000));
        lines(queue, line.repeat(10_001)).then().statusCode(413).body("code", equalTo("TOO_LARGE"));
        get("/queues/" + queue).then().body("counts.ready", equalTo(10_000));
    }

    @Test
    default void tasksGoInTheirOrder() {
        String queue = queue();
        lines(
                        queue,
                        IntStream.range(0, 150)
                                .mapToObj(i -> "{'type':'by-hand','payload':" + i + "}")
                                .collect(Collectors.joining("\n")))
                .then()
                .statusCode(200);
        List<Integer> order = json("{'max':500}")
                .post("/queues/" + queue + "/leases")
                .then()
                .extract()
                .path("leases.task.payload");
        assertThat(order).hasSize(150).isSorted();
    }

    @Test
    default void wholeCallMayBeRepeatedUnderItsKey() {
        String queue = queue();
        String body = "{'type':'by-hand','payload':1}\n{'type':'by-hand','payload':2}";
        List<String> first = keyed(queue, body).then().statusCode(200).extract().path("results.id");
        Response again = keyed(queue, body);
        again.then()
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("accepted", equalTo(2))
                .body("results.status", equalTo(List.of(200, 200)))
                .body("results.id", equalTo(first));
        keyed(queue, body.replace(":1}", ":3}").replace(":2}", ":4}"))
                .then()
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_MISMATCH"));
        keyed(queue, body.replace(":2}", ":4}"))
                .then()
                .statusCode(200)
                .body("results.status", equalTo(List.of(200, 422)));
        get("/queues/" + queue).then().body("counts.ready", equalTo(2));
    }

    default Response keyed(String queue, String body) {
        return request()
                .contentType("application/x-ndjson")
                .header("Idempotency-Key", "bulk")
                .body(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .post("/queues/" + queue + "/tasks/bulk");
    }

    @Test
    default void namesRepeatedWithinACallAreOneTask() {
        String queue = queue();
        String id = queue() + "x";
        lines(
                        queue,
                        "{'type':'by-hand','id':'" + id + "'}\n{'type':'by-hand','id':'" + id
                                + "'}\n{'type':'by-hand','id':'" + id + "','priority':1}")
                .then()
                .statusCode(200)
                .body("results.status", equalTo(List.of(201, 200, 409)))
                .body("results[0].id", equalTo(id))
                .body("results[2].code", equalTo("DUPLICATE_TASK"))
                .body("results[2].id", equalTo(id));
    }

    @Test
    default void fullQueueRefusesTheRest() {
        String queue = queue();
        task(queue);
        json("{'maxDepth':3}").patch("/queues/" + queue).then().statusCode(200);
        lines(queue, "{'type':'by-hand'}\n".repeat(4))
                .then()
                .statusCode(200)
                .body("results.status", equalTo(List.of(201, 201, 429, 429)))
                .body("results[3].code", equalTo("QUEUE_FULL"));
    }

    @Test
    default void otherMediaTypesAreNotRead() {
        request()
                .contentType("text/plain")
                .body("{}")
                .post("/queues/" + queue() + "/tasks/bulk")
                .then()
                .statusCode(415)
                .body("code", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    }

    @Test
    default void bodyOver16MiBIsTooLarge() {
        lines(queue(), " ".repeat((16 << 20) + 1))
                .then()
                .statusCode(413)
                .body("code", equalTo("TOO_LARGE"))
                .body("requestId", org.hamcrest.Matchers.notNullValue());
        lines(queue(), "\n".repeat(16 << 20)).then().statusCode(200);
    }
}
