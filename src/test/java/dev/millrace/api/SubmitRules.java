package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How tasks are submitted one by one. */
interface SubmitRules extends ApiFixture {
    @Test
    default void submittedTaskIsAnsweredWithItsPlace() {
        String queue = queue();
        Response response = json("{'type':'by-hand','payload':{'a':1}}").post("/queues/" + queue + "/tasks");
        String id = response.then()
                .statusCode(201)
                .contentType(JSON)
                .body("queue", equalTo(queue))
                .body("type", equalTo("by-hand"))
                .body("state", equalTo("ready"))
                .body("priority", equalTo(5))
                .body("payload.a", equalTo(1))
                .body("attempts", equalTo(0))
                .body("maxAttempts", equalTo(5))
                .body("crashes", equalTo(0))
                .body("generation", equalTo(0))
                .body("timeout", equalTo("PT5M"))
                .body("backoff.kind", equalTo("exponential"))
                .body("backoff.base", equalTo("PT30S"))
                .body("backoff.factor", equalTo(2))
                .body("backoff.max", equalTo("PT5M"))
                .body("backoff.jitter", equalTo("none"))
                .extract()
                .path("id");
        response.then()
                .header("Location", equalTo(BASE + "/tasks/" + id))
                .body("createdAt", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"))
                .body("$", not(hasKey("worker")))
                .body("$", not(hasKey("startedAt")))
                .body("$", not(hasKey("result")))
                .body("$", not(hasKey("error")));
        assertThat(id).matches("[A-Za-z0-9_-]{1,64}");
    }

    @Test
    default void submittedTaskIsThere() {
        String id = task(queue());
        get("/tasks/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("history", hasSize(1))
                .body("history[0].cause", equalTo("submitted"));
    }

    @Test
    default void everyMemberIsKept() {
        String queue = queue();
        String id = submitted(
                        queue,
                        "{'type':'a.b:c/d','payload':[1],'priority':9,'delay':'PT1H','ttl':'PT2H','timeout':'PT10S',"
                                + "'maxAttempts':3,'backoff':{'kind':'fixed','base':'PT1S','factor':1.5,'max':'PT1S','jitter':'full'},"
                                + "'unique':{'key':'k','ttl':'PT1H','mode':'reject'},'tags':['x','y'],"
                                + "'labels':{'tenant':'acme'},'retention':'P1D'}")
                .extract()
                .path("id");
        get("/tasks/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("scheduled"))
                .body("priority", equalTo(9))
                .body("runAt", notNullValue())
                .body("expiresAt", notNullValue())
                .body("timeout", equalTo("PT10S"))
                .body("maxAttempts", equalTo(3))
                .body("backoff.kind", equalTo("fixed"))
                .body("backoff.factor", equalTo(1.5f))
                .body("tags", equalTo(List.of("x", "y")))
                .body("labels.tenant", equalTo("acme"));
    }

    @Test
    default void idsOfTheServerSortByTime() {
        String queue = queue();
        assertThat(List.of(task(queue), task(queue), task(queue))).isSorted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "-0",
                "1E400",
                "0.1000000000000000055511151231257827021181583404541015625",
                "123456789012345678901234567890123456789012345678901234567890",
                "\"a\\u0000b\\ud83d\\ude00\\/\"",
                "\"\u00e9\ud83d\ude00\u2028\ufeff\\u00E9\"",
                "{ \"b\" : 1 ,\n \"a\" : [ 1 , 2.50 , null ] }",
                "null",
                "[]",
                "\"\""
            })
    default void payloadComesBackByteForByte(String payload) {
        String queue = queue();
        String body = "{\"type\":\"by-hand\",\"payload\":" + payload + "}";
        String answer = raw(body)
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        assertThat(answer).contains("\"payload\":" + payload + ",");
        String id = answer.replaceAll("^\\{\"id\":\"([^\"]+)\".*", "$1")
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(new String(
                        get("/tasks/" + id.replaceAll("[^A-Za-z0-9_-].*", "")).asByteArray(), StandardCharsets.UTF_8))
                .contains("\"payload\":" + payload + ",");
        assertThat(new String(lease(queue).asByteArray(), StandardCharsets.UTF_8))
                .contains("\"payload\":" + payload + ",");
    }

    @Test
    default void everyCodePointComesBack() {
        StringBuilder text = new StringBuilder("\"");
        for (int point = 0x20; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
            if (point != '"' && point != '\\' && (point < 0xD800 || point > 0xDFFF)) {
                text.appendCodePoint(point);
            }
        }
        String payload = text.append('"').toString();
        String queue = queue();
        raw("{\"type\":\"by-hand\",\"payload\":" + payload + "}")
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(201);
        assertThat(new String(lease(queue).asByteArray(), StandardCharsets.UTF_8))
                .contains(payload);
    }

    @Test
    default void allFaultsAreToldWithPointers() {
        json("{'type':'','priority':77,'payload':1,'colour':'red','labels':{'a':1}}")
                .post("/queues/" + queue() + "/tasks")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_REQUEST"))
                .body("status", equalTo(400))
                .body("type", notNullValue())
                .body("title", notNullValue())
                .body("requestId", notNullValue())
                .body("errors.pointer", equalTo(List.of("/type", "/priority", "/colour", "/labels/a")))
                .body("errors.detail", everyItem(notNullValue()));
    }

    @Test
    default void queueNamesAreChecked() {
        for (String name : List.of("Upper", "-x", "a%20b", "x".repeat(64))) {
            json("{'type':'t'}")
                    .urlEncodingEnabled(false)
                    .post("/queues/" + name + "/tasks")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("INVALID_REQUEST"))
                    .body("errors[0].pointer", equalTo("/queue"));
        }
    }

    @Test
    default void fullQueueRefusesWithRetryAfter() {
        String queue = queue();
        task(queue);
        json("{'maxDepth':2}").patch("/queues/" + queue).then().statusCode(200);
        task(queue);
        json("{'type':'by-hand'}")
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(429)
                .body("code", equalTo("QUEUE_FULL"))
                .header("Retry-After", matchesPattern("\\d+"));
    }

    @Test
    default void payloadOver256KiBIsTooLarge() {
        String queue = queue();
        String most = "\"" + "x".repeat((256 << 10) - 2) + "\"";
        raw("{\"type\":\"by-hand\",\"payload\":" + most + "}")
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(201);
        raw("{\"type\":\"by-hand\",\"payload\":[" + most + "]}")
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(413)
                .body("code", equalTo("TOO_LARGE"))
                .body("errors[0].pointer", equalTo("/payload"));
    }

    @Test
    default void nestingIsBounded() {
        String deepest = "[".repeat(64) + "]".repeat(64);
        raw("{\"type\":\"by-hand\",\"payload\":" + deepest + "}")
                .post("/queues/" + queue() + "/tasks")
                .then()
                .statusCode(201);
        raw("{\"type\":\"by-hand\",\"payload\":[" + deepest + "]}")
                .post("/queues/" + queue() + "/tasks")
                .then()
                .statusCode(400)
                .body("detail", containsString("nested deeper than 64 levels"));
    }

    @Test
    default void defaultsOfTheQueueStandInForWhatIsLeftOut() {
        String queue = queue();
        task(queue);
        json("{'defaults':{'priority':2,'maxAttempts':7,'timeout':'PT1M'}}")
                .patch("/queues/" + queue)
                .then()
                .statusCode(200);
        submitted(queue, "{'type':'by-hand','maxAttempts':1}")
                .body("priority", equalTo(2))
                .body("maxAttempts", equalTo(1))
                .body("timeout", equalTo("PT1M"));
    }

    @Test
    default void expiredBeforeItStartsIsNeverLeased() {
        String queue = queue();
        String id = submitted(queue, "{'type':'by-hand','expiresAt':'2020-01-01T00:00:00Z'}")
                .extract()
                .path("id");
        lease(queue).then().body("leases", hasSize(0));
        get("/tasks/" + id).then().body("state", equalTo("expired"));
    }
}
