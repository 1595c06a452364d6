package dev.millrace.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How workers in any language get tasks and end them. */
interface LeaseRules extends ApiFixture {
    @Test
    default void leaseCarriesTokenGenerationAndTask() {
        String queue = queue();
        String id = submitted(queue, "{'type':'by-hand','payload':7}").extract().path("id");
        json("{'worker':'scraper-1','lease':'PT1M'}")
                .post("/queues/" + queue + "/leases")
                .then()
                .statusCode(200)
                .body("leases", hasSize(1))
                .body("leases[0].token", matchesPattern("[A-Za-z0-9_-]+"))
                .body("leases[0].generation", equalTo(1))
                .body("leases[0].expiresAt", notNullValue())
                .body("leases[0].task.id", equalTo(id))
                .body("leases[0].task.state", equalTo("running"))
                .body("leases[0].task.payload", equalTo(7))
                .body("leases[0].task.worker", equalTo("scraper-1"))
                .body("leases[0].task.attempts", equalTo(1))
                .body("leases[0].task", not(hasKey("history")));
        get("/tasks/" + id)
                .then()
                .body("state", equalTo("running"))
                .body("leaseExpiresAt", notNullValue())
                .body("startedAt", notNullValue());
        lease(queue).then().statusCode(200).body("leases", hasSize(0));
    }

    @Test
    default void queueThatDoesNotExistAnswersEmpty() {
        String queue = queue();
        post("/queues/" + queue + "/leases").then().statusCode(200).body("leases", hasSize(0));
        get("/queues/" + queue).then().statusCode(404);
    }

    @Test
    default void onlyAskedTypesAreLeased() {
        String queue = queue();
        submitted(queue, "{'type':'one'}");
        submitted(queue, "{'type':'two'}");
        json("{'types':['two','three'],'max':10}")
                .post("/queues/" + queue + "/leases")
                .then()
                .body("leases.task.type", equalTo(List.of("two")));
        json("{'types':['two']}").post("/queues/" + queue + "/leases").then().body("leases", hasSize(0));
    }

    @Test
    default void severalQueuesAreServedInOrderOfPreference() {
        String first = queue();
        String second = queue();
        submitted(second, "{'type':'by-hand'}");
        submitted(first, "{'type':'by-hand'}");
        String queues = "'queues':['" + first + "','" + queue() + "','" + second + "']";
        json("{" + queues + "}").post("/leases").then().statusCode(200).body("leases[0].task.queue", equalTo(first));
        json("{" + queues + "}").post("/leases").then().body("leases[0].task.queue", equalTo(second));
        json("{" + queues + "}").post("/leases").then().body("leases", hasSize(0));
    }

    @Test
    default void higherPrioritiesGoFirst() {
        String queue = queue();
        submitted(queue, "{'type':'by-hand','payload':1,'priority':0}");
        submitted(queue, "{'type':'by-hand','payload':2,'priority':9}");
        submitted(queue, "{'type':'by-hand','payload':3}");
        submitted(queue, "{'type':'by-hand','payload':4,'priority':9}");
        json("{'max':10}")
                .post("/queues/" + queue + "/leases")
                .then()
                .body("leases.task.payload", equalTo(List.of(2, 4, 3, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/queues/q/leases|{\"max\":0}|/max",
                "/queues/q/leases|{\"max\":501}|/max",
                "/queues/q/leases|{\"lease\":\"PT0.5S\"}|/lease",
                "/queues/q/leases|{\"lease\":\"PT13H\"}|/lease",
                "/queues/q/leases|{\"wait\":\"PT21S\"}|/wait",
                "/queues/q/leases|{\"worker\":\"\"}|/worker",
                "/queues/q/leases|{\"types\":[]}|/types",
                "/queues/q/leases|{\"types\":[\"a b\"]}|/types/0",
                "/queues/q/leases|{\"queues\":[\"a\"]}|/queues",
                "/leases|{}|/queues",
                "/leases|{\"queues\":[]}|/queues",
                "/leases|{\"queues\":[\"UP\"]}|/queues/0",
                "/leases|{\"queues\":[\"a\"],\"colour\":1}|/colour",
                "/queues/UP/leases|{}|/queue",
            })
    default void badLeaseCallsAreRefused(String path, String body, String pointer) {
        raw(body)
                .post(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"))
                .body("errors.pointer", equalTo(List.of(pointer)));
    }

    @Test
    default void leaseThatExpiresGoesBackWithOneCrashMore() {
        String queue = queue();
        String id = task(queue);
        String first = json("{'lease':'PT1S'}")
                .post("/queues/" + queue + "/leases")
                .then()
                .extract()
                .path("leases[0].token");
        json("{'wait':'PT10S'}")
                .post("/queues/" + queue + "/leases")
                .then()
                .body("leases", hasSize(1))
                .body("leases[0].generation", equalTo(2))
                .body("leases[0].task.crashes", equalTo(1))
                .body("leases[0].task.attempts", equalTo(1));
        post("/leases/" + first + "/complete")
                .then()
                .statusCode(409)
                .body("code", equalTo("LEASE_LOST"))
                .body("generation", equalTo(2));
        get("/tasks/" + id).then().body("history.cause", org.hamcrest.Matchers.hasItem("lease-expired"));
    }
}
