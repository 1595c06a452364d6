package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How leases are ended, extended and reported on. */
interface LeaseEndRules extends ApiFixture {
    @Test
    default void completionIsTakenOnceAndItsRepeatIsTheSame() {
        String queue = queue();
        String id = task(queue);
        String token = token(queue);
        for (int i = 0; i < 2; i++) {
            raw("{\"result\": {\"n\": 1.0000000000000000001}}")
                    .post("/leases/" + token + "/complete")
                    .then()
                    .statusCode(200)
                    .header("ETag", notNullValue())
                    .body("id", equalTo(id))
                    .body("state", equalTo("succeeded"))
                    .body("history", hasSize(3));
        }
        assertThat(get("/tasks/" + id).asString()).contains("\"result\":{\"n\": 1.0000000000000000001}");
        for (String action : List.of("fail", "release", "extend", "progress")) {
            json("{}")
                    .post("/leases/" + token + "/" + action)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("LEASE_LOST"))
                    .body("generation", equalTo(1));
        }
    }

    @Test
    default void completionNeedsNoBody() {
        String queue = queue();
        task(queue);
        post("/leases/" + token(queue) + "/complete")
                .then()
                .statusCode(200)
                .body("state", equalTo("succeeded"))
                .body("$", not(hasKey("result")));
    }

    @Test
    default void failureIsTriedAgainAfterItsBackoff() {
        String queue = queue();
        String id = task(queue);
        json("{'type':'Timeout','message':'no answer'}")
                .post("/leases/" + token(queue) + "/fail")
                .then()
                .statusCode(200)
                .body("state", equalTo("scheduled"))
                .body("attempts", equalTo(1))
                .body("error.type", equalTo("Timeout"))
                .body("error.message", equalTo("no answer"))
                .body("history[-1].cause", equalTo("failed"));
        post("/tasks/" + id + "/run-now");
        json("{'retryAfter':'PT3H'}")
                .post("/leases/" + token(queue) + "/fail")
                .then()
                .statusCode(200)
                .body("attempts", equalTo(2));
        post("/tasks/" + id + "/run-now");
        json("{'retryable':false}")
                .post("/leases/" + token(queue) + "/fail")
                .then()
                .statusCode(200)
                .body("state", equalTo("dead"));
    }

    @Test
    default void lastAttemptThatFailsIsDead() {
        String queue = queue();
        submitted(queue, "{'type':'by-hand','maxAttempts':1}");
        post("/leases/" + token(queue) + "/fail")
                .then()
                .statusCode(200)
                .body("state", equalTo("dead"))
                .body("error.type", equalTo("Error"));
    }

    @Test
    default void releaseRefundsTheAttempt() {
        String queue = queue();
        task(queue);
        String token = token(queue);
        json("{'reason':'shutting down'}")
                .post("/leases/" + token + "/release")
                .then()
                .statusCode(200)
                .body("state", equalTo("ready"))
                .body("attempts", equalTo(0))
                .body("history[-1].cause", equalTo("released"))
                .body("history[-1].message", equalTo("shutting down"));
        String second = token(queue);
        json("{'delay':'PT1H'}")
                .post("/leases/" + second + "/release")
                .then()
                .statusCode(200)
                .body("state", equalTo("scheduled"))
                .body("generation", equalTo(2));
        json("{}")
                .post("/leases/" + token + "/complete")
                .then()
                .statusCode(409)
                .body("code", equalTo("LEASE_LOST"))
                .body("generation", equalTo(2));
    }

    @Test
    default void extensionMovesTheDeadline() {
        String queue = queue();
        String id = task(queue);
        String token = token(queue);
        String before = get("/tasks/" + id).path("leaseExpiresAt");
        String expiresAt = json("{'lease':'PT2H'}")
                .post("/leases/" + token + "/extend")
                .then()
                .statusCode(200)
                .extract()
                .path("expiresAt");
        assertThat(expiresAt).isGreaterThan(before);
        get("/tasks/" + id).then().body("leaseExpiresAt", equalTo(expiresAt));
    }

    @Test
    default void progressAndLogAreShownOnTheTask() {
        String queue = queue();
        String id = task(queue);
        String token = token(queue);
        json("{'percent':40,'message':'halfway','log':['one','']}")
                .post("/leases/" + token + "/progress")
                .then()
                .statusCode(200)
                .body("progress.percent", equalTo(40))
                .body("progress.message", equalTo("halfway"))
                .body("log.line", equalTo(List.of("one", "")));
        json("{'log':['two']}").post("/leases/" + token + "/progress").then().statusCode(200);
        get("/tasks/" + id)
                .then()
                .body("progress.percent", equalTo(40))
                .body("log.line", equalTo(List.of("one", "", "two")))
                .body("log.attempt", equalTo(List.of(1, 1, 1)));
    }

    @Test
    default void manyAreCompletedAtOnceInOrder() {
        String queue = queue();
        String first = task(queue);
        String second = task(queue);
        List<String> tokens = json("{'max':2}")
                .post("/queues/" + queue + "/leases")
                .then()
                .extract()
                .path("leases.token");
        task(queue);
        String released = token(queue);
        post("/leases/" + released + "/release").then().statusCode(200);
        json("[{'token':'" + tokens.get(1) + "','result':{'n':2}},{'token':'nonsense'},{'token':'" + tokens.get(0)
                        + "'},{'token':'" + released + "'},{'tokens':1},7]")
                .post("/leases/complete")
                .then()
                .statusCode(200)
                .body("results.index", equalTo(List.of(0, 1, 2, 3, 4, 5)))
                .body("results.status", equalTo(List.of(200, 404, 200, 409, 400, 400)))
                .body("results[0].id", equalTo(second))
                .body("results[1].code", equalTo("LEASE_NOT_FOUND"))
                .body("results[2].id", equalTo(first))
                .body("results[3].code", equalTo("LEASE_LOST"));
        get("/tasks/" + second).then().body("state", equalTo("succeeded")).body("result.n", equalTo(2));
    }

    @Test
    default void tokensThatWereNeverGivenAreNotFound() {
        String queue = queue();
        task(queue);
        String token = token(queue);
        char last = token.charAt(token.length() - 1);
        String forged = token.substring(0, token.length() - 1) + (last == 'A' ? 'E' : 'A');
        for (String wrong : List.of("nonsense", forged, "x".repeat(40), token + "A", "a.b")) {
            for (String action : List.of("complete", "fail", "release", "extend", "progress")) {
                json("{}")
                        .post("/leases/" + wrong + "/" + action)
                        .then()
                        .statusCode(404)
                        .body("code", equalTo("LEASE_NOT_FOUND"));
            }
        }
        post("/leases/" + token + "/complete").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "complete|{\"results\":1}|/results",
                "fail|{\"retryable\":\"no\"}|/retryable",
                "fail|{\"retryAfter\":5}|/retryAfter",
                "release|{\"delay\":\"soon\"}|/delay",
                "extend|{\"lease\":\"PT13H\"}|/lease",
                "progress|{\"percent\":101}|/percent",
                "progress|{\"log\":\"x\"}|/log",
            })
    default void badAnswersChangeNothing(String action, String body, String pointer) {
        String queue = queue();
        task(queue);
        String token = token(queue);
        raw(body)
                .post("/leases/" + token + "/" + action)
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of(pointer)));
        post("/leases/" + token + "/complete").then().statusCode(200).body("history", hasSize(3));
    }

    @Test
    default void resultOverTheLimitIsTooLarge() {
        String queue = queue();
        task(queue);
        String token = token(queue);
        raw("{\"result\":\"" + "x".repeat(256 << 10) + "\"}")
                .post("/leases/" + token + "/complete")
                .then()
                .statusCode(413)
                .body("code", equalTo("TOO_LARGE"));
        post("/leases/" + token + "/complete").then().statusCode(200);
    }
}
