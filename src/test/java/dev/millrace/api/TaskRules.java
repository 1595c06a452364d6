package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How tasks are seen and changed from outside. */
interface TaskRules extends ApiFixture {
    @Test
    default void unknownTasksAreNotFound() {
        for (String id :
                List.of("nope-" + UUID.randomUUID(), "01ARZ3NDEKTSV4RRFFQ69G5FAV", "not%20an%20id", "x".repeat(65))) {
            request()
                    .urlEncodingEnabled(false)
                    .get("/tasks/" + id)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("TASK_NOT_FOUND"));
        }
        for (String action : List.of("cancel", "retry", "run-now")) {
            post("/tasks/nope/" + action).then().statusCode(404).body("code", equalTo("TASK_NOT_FOUND"));
        }
        request().delete("/tasks/nope").then().statusCode(404).body("code", equalTo("TASK_NOT_FOUND"));
    }

    @Test
    default void entityTagChangesWithTheTask() {
        String queue = queue();
        String id = task(queue);
        String tag = get("/tasks/" + id).then().statusCode(200).extract().header("ETag");
        assertThat(tag).matches("\"[^\"]+\"");
        request()
                .header("If-None-Match", "\"other\", " + tag)
                .get("/tasks/" + id)
                .then()
                .statusCode(304)
                .header("ETag", equalTo(tag))
                .header("X-Request-Id", notNullValue());
        token(queue);
        request()
                .header("If-None-Match", tag)
                .get("/tasks/" + id)
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(tag)));
    }

    @Test
    default void changeMayDependOnTheEntityTag() {
        String queue = queue();
        String id = task(queue);
        String tag = get("/tasks/" + id).header("ETag");
        token(queue);
        request()
                .header("If-Match", tag)
                .post("/tasks/" + id + "/cancel")
                .then()
                .statusCode(412)
                .body("code", equalTo("PRECONDITION_FAILED"));
        String now = get("/tasks/" + id).header("ETag");
        request()
                .header("If-Match", now)
                .post("/tasks/" + id + "/cancel")
                .then()
                .statusCode(200);
        request().header("If-Match", "garbage").delete("/tasks/" + id).then().statusCode(412);
        request().header("If-Match", "*").delete("/tasks/" + id).then().statusCode(204);
    }

    @Test
    default void fieldsTrimTheTask() {
        String id = task(queue());
        get("/tasks/" + id + "?fields=id,state")
                .then()
                .statusCode(200)
                .body("", equalTo(Map.of("id", id, "state", "ready")))
                .header("ETag", not(equalTo(get("/tasks/" + id).header("ETag"))));
        get("/tasks/" + id + "?fields=history")
                .then()
                .body("history", hasSize(1))
                .body("$", not(hasKey("id")));
        get("/tasks/" + id + "?fields=colour").then().statusCode(400).body("errors[0].pointer", equalTo("/fields"));
        get("/tasks?queue=" + queue() + "&fields=id").then().statusCode(200);
    }

    @Test
    default void cancelledTaskIsNotLeased() {
        String queue = queue();
        String id = task(queue);
        post("/tasks/" + id + "/cancel")
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"))
                .body("finishedAt", notNullValue())
                .body("history[-1].cause", equalTo("cancelled"));
        lease(queue).then().body("leases", hasSize(0));
        post("/tasks/" + id + "/cancel")
                .then()
                .statusCode(409)
                .body("code", equalTo("ILLEGAL_TRANSITION"))
                .body("state", equalTo("cancelled"));
    }

    @Test
    default void completionOfACancelledTaskIsRefused() {
        String queue = queue();
        String id = task(queue);
        String token = token(queue);
        post("/tasks/" + id + "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));
        json("{'result':1}")
                .post("/leases/" + token + "/complete")
                .then()
                .statusCode(409)
                .body("code", equalTo("LEASE_LOST"));
    }

    @Test
    default void retryStartsAgainWithAnEditedPayload() {
        String queue = queue();
        String id = task(queue);
        post("/tasks/" + id + "/retry").then().statusCode(409).body("code", equalTo("ILLEGAL_TRANSITION"));
        json("{'message':'no','retryable':false}")
                .post("/leases/" + token(queue) + "/fail")
                .then()
                .statusCode(200)
                .body("state", equalTo("dead"));
        raw("{\"payload\":{\"n\":12345678901234567890.10}}")
                .post("/tasks/" + id + "/retry")
                .then()
                .statusCode(200)
                .body("state", equalTo("ready"))
                .body("attempts", equalTo(0))
                .body("history[-1].cause", equalTo("manual-retry"));
        assertThat(lease(queue).asString()).contains("\"payload\":{\"n\":12345678901234567890.10}");
    }

    @Test
    default void retryAndOtherChangesTakeNoUnknownMembers() {
        String id = task(queue());
        json("{'payloads':1}")
                .post("/tasks/" + id + "/retry")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/payloads"));
        json("{'why':'x'}").post("/tasks/" + id + "/cancel").then().statusCode(400);
        json("{}").post("/tasks/" + id + "/cancel").then().statusCode(200);
    }

    @Test
    default void runNowMakesAScheduledTaskReady() {
        String queue = queue();
        String id = submitted(queue, "{'type':'by-hand','delay':'PT1H'}")
                .body("state", equalTo("scheduled"))
                .extract()
                .path("id");
        lease(queue).then().body("leases", hasSize(0));
        post("/tasks/" + id + "/run-now")
                .then()
                .statusCode(200)
                .body("state", equalTo("ready"))
                .body("history[-1].cause", equalTo("run-now"));
        post("/tasks/" + id + "/run-now").then().statusCode(409).body("code", equalTo("ILLEGAL_TRANSITION"));
        lease(queue).then().body("leases", hasSize(1));
    }

    @Test
    default void onlyEndedTasksAreDeleted() {
        String queue = queue();
        String id = task(queue);
        request().delete("/tasks/" + id).then().statusCode(409).body("code", equalTo("ILLEGAL_TRANSITION"));
        post("/tasks/" + id + "/cancel");
        assertThat(request()
                        .delete("/tasks/" + id)
                        .then()
                        .statusCode(204)
                        .extract()
                        .asByteArray())
                .isEmpty();
        get("/tasks/" + id).then().statusCode(404);
    }

    @Test
    default void nameOfADeletedTaskIsStillKnown() {
        String queue = queue();
        String id = "gone-" + UUID.randomUUID();
        String body = "{'type':'by-hand','id':'" + id + "'}";
        submitted(queue, body);
        post("/tasks/" + id + "/cancel").then().statusCode(200);
        request().delete("/tasks/" + id).then().statusCode(204);
        json(body)
                .post("/queues/" + queue + "/tasks")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(id));
    }
}
