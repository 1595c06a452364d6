package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How queues are seen and set. */
interface QueueRules extends ApiFixture {
    /** What is kept of succeeded, cancelled and expired tasks each. */
    Map<String, Object> DAY = Map.of("age", "PT24H", "count", 100_000, "bytes", 256 << 20);

    /** What the servers of these rules are told to keep of every queue: a process by its environment. */
    Map<String, String> USUAL = Map.of("MILLRACE_RETENTION_EXPIRED_COUNT", "50000");

    /** That together with what is usual anyway. */
    Map<String, Object> EXPIRED = Map.of("age", "PT24H", "count", 50_000, "bytes", 256 << 20);

    @Test
    default void queueComesIntoBeingWithItsFirstTask() {
        String queue = queue();
        get("/queues/" + queue).then().statusCode(404).body("code", equalTo("QUEUE_NOT_FOUND"));
        for (String action : List.of("pause", "resume")) {
            post("/queues/" + queue + "/" + action).then().statusCode(404).body("code", equalTo("QUEUE_NOT_FOUND"));
        }
        json("{'maxDepth':1}").patch("/queues/" + queue).then().statusCode(404);
        request().delete("/queues/" + queue).then().statusCode(404).body("code", equalTo("QUEUE_NOT_FOUND"));
        task(queue);
        get("/queues/" + queue)
                .then()
                .statusCode(200)
                .body("name", equalTo(queue))
                .body("paused", equalTo(false))
                .body("counts", equalTo(counts("ready", 1)))
                .body("oldestReadyAge", org.hamcrest.Matchers.startsWith("PT"))
                .body("config.defaults", equalTo(Map.of()))
                .body("config", not(hasKey("maxDepth")))
                .body("config.retention.succeeded", equalTo(DAY))
                .body("config.retention.cancelled", equalTo(DAY))
                .body("config.retention.expired", equalTo(EXPIRED))
                .body("config.retention.dead", equalTo(Map.of("age", "PT720H")))
                .body("config.retention.dedupe", equalTo("PT24H"))
                .body("ownRetention", equalTo(List.of()));
    }

    private static Map<String, Integer> counts(String state, int count) {
        Map<String, Integer> counts = new java.util.HashMap<>();
        for (String each :
                List.of("scheduled", "ready", "running", "blocked", "succeeded", "dead", "cancelled", "expired")) {
            counts.put(each, each.equals(state) ? count : 0);
        }
        return counts;
    }

    @Test
    default void countsMoveWithTheTasks() {
        String queue = queue();
        task(queue);
        String token = token(queue);
        get("/queues/" + queue)
                .then()
                .body("counts", equalTo(counts("running", 1)))
                .body("$", not(hasKey("oldestReadyAge")));
        post("/leases/" + token + "/complete");
        get("/queues/" + queue).then().body("counts", equalTo(counts("succeeded", 1)));
    }

    @Test
    default void listIsPagedByName() {
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String queue = queue();
            task(queue);
            mine.add(queue);
        }
        mine.sort(null);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = get("/queues?limit=2" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.name"));
            String next = page.getString("next");
            cursor = next == null ? null : "&cursor=" + next;
        }
        assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(mine);
    }

    @Test
    default void patchChangesWhatItNamesAndNullGoesBack() {
        String queue = queue();
        task(queue);
        json("{'maxDepth':5,'defaults':{'priority':3,'backoff':{'kind':'fixed','base':'PT1S'}},"
                        + "'retention':{'age':'PT1H','count':10}}")
                .patch("/queues/" + queue)
                .then()
                .statusCode(200)
                .body("config.maxDepth", equalTo(5))
                .body("config.defaults.priority", equalTo(3))
                .body("config.defaults.backoff.kind", equalTo("fixed"))
                .body("config.retention.succeeded.age", equalTo("PT1H"))
                .body("config.retention.expired.count", equalTo(10))
                .body("config.retention.dead.age", equalTo("PT720H"));
        request()
                .contentType("application/merge-patch+json")
                .body("{\"defaults\":{\"timeout\":\"PT10S\",\"priority\":null},\"retention\":{\"age\":null}}")
                .patch("/queues/" + queue)
                .then()
                .statusCode(200)
                .body("config.maxDepth", equalTo(5))
                .body("config.defaults.timeout", equalTo("PT10S"))
                .body("config.defaults", not(hasKey("priority")))
                .body("config.defaults.backoff.kind", equalTo("fixed"))
                .body("config.retention.succeeded.age", equalTo("PT24H"))
                .body("config.retention.succeeded.count", equalTo(10))
                .body("ownRetention", equalTo(List.of("succeeded.count", "cancelled.count", "expired.count")));
    }

    @Test
    default void whatIsUsualIsASettingOfTheServerUntilAQueueSaysOtherwise() {
        String queue = queue();
        task(queue);
        json("{'retention':{'expired':{'count':50000,'age':'PT2H'}}}")
                .patch("/queues/" + queue)
                .then()
                .body("config.retention.expired", equalTo(Map.of("age", "PT2H", "count", 50_000, "bytes", 256 << 20)))
                .body("ownRetention", equalTo(List.of("expired.age", "expired.count")));
        json("{'retention':{'expired':null}}")
                .patch("/queues/" + queue)
                .then()
                .body("config.retention.expired", equalTo(EXPIRED))
                .body("ownRetention", equalTo(List.of()));
    }

    @Test
    default void eachFinalStateMayBeKeptAsItNeeds() {
        String queue = queue();
        task(queue);
        json("{'retention':{'dead':{'age':'P90D','count':7},'succeeded':{'age':'PT5M'},'age':'PT1H','bytes':1000,"
                        + "'expired':{'count':0}}}")
                .patch("/queues/" + queue)
                .then()
                .statusCode(200)
                .body("config.retention.dead", equalTo(Map.of("age", "PT2160H", "count", 7)))
                .body("config.retention.succeeded", equalTo(Map.of("age", "PT5M", "count", 100_000, "bytes", 1000)))
                .body("config.retention.cancelled", equalTo(Map.of("age", "PT1H", "count", 100_000, "bytes", 1000)))
                .body("config.retention.expired", equalTo(Map.of("age", "PT1H", "count", 0, "bytes", 1000)));
        json("{'retention':{'dead':{'count':null},'succeeded':null}}")
                .patch("/queues/" + queue)
                .then()
                .statusCode(200)
                .body("config.retention.dead", equalTo(Map.of("age", "PT2160H")))
                .body("config.retention.succeeded", equalTo(DAY))
                .body("config.retention.cancelled.age", equalTo("PT1H"));
    }

    @Test
    default void rateIsSetChangedAndTakenAway() {
        String queue = queue();
        task(queue);
        task(queue);
        json("{'rateLimit':{'limit':2,'per':'PT1H'}}")
                .patch("/queues/" + queue)
                .then()
                .statusCode(200)
                .body("config.rateLimit", equalTo(Map.of("limit", 2, "per", "PT1H", "burst", 1)));
        assertThat(json("{'max':9}")
                        .post("/queues/" + queue + "/leases")
                        .jsonPath()
                        .getList("leases"))
                .hasSize(1);
        json("{'rateLimit':{'burst':5}}")
                .patch("/queues/" + queue)
                .then()
                .body("config.rateLimit", equalTo(Map.of("limit", 2, "per", "PT1H", "burst", 5)));
        json("{'rateLimit':null}").patch("/queues/" + queue).then().body("config", not(hasKey("rateLimit")));
        assertThat(json("{'max':9}")
                        .post("/queues/" + queue + "/leases")
                        .jsonPath()
                        .getList("leases"))
                .hasSize(1);
    }

    @Test
    default void nullsBringAllDefaultsBack() {
        String queue = queue();
        task(queue);
        json("{'maxDepth':5,'maxBytes':70,'concurrency':2,'defaults':{'priority':3},'retention':{'count':10,'dead':{'bytes':9}}}")
                .patch("/queues/" + queue);
        json("{'maxDepth':null,'maxBytes':null,'concurrency':null,'defaults':null,'retention':null}")
                .patch("/queues/" + queue)
                .then()
                .statusCode(200)
                .body("config.maxDepth", nullValue())
                .body("config.maxBytes", nullValue())
                .body("config.concurrency", nullValue())
                .body("config.defaults", equalTo(Map.of()))
                .body("config.retention.succeeded", equalTo(DAY))
                .body("config.retention.dead", equalTo(Map.of("age", "PT720H")))
                .body("config.retention.expired", equalTo(EXPIRED))
                .body("ownRetention", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"maxDepth\":0}|/maxDepth",
                "{\"maxBytes\":0}|/maxBytes",
                "{\"maxDepth\":\"5\"}|/maxDepth",
                "{\"concurrency\":0}|/concurrency",
                "{\"concurrency\":1000001}|/concurrency",
                "{\"rateLimit\":{}}|/rateLimit/limit",
                "{\"rateLimit\":5}|/rateLimit",
                "{\"rateLimit\":{\"limit\":null}}|/rateLimit/limit",
                "{\"name\":\"x\"}|/name",
                "{\"defaults\":{\"type\":\"x\"}}|/defaults/type",
                "{\"defaults\":{\"priority\":10}}|/defaults/priority",
                "{\"defaults\":5}|/defaults",
                "{\"retention\":{\"age\":\"1 day\"}}|/retention/age",
                "{\"retention\":{\"days\":1}}|/retention/days",
                "{\"retention\":{\"dead\":{\"count\":-1}}}|/retention/dead/count",
                "{\"retention\":{\"dead\":{\"deadAge\":\"P1D\"}}}|/retention/dead/deadAge",
                "{\"rateLimit\":{\"per\":\"PT1S\"}}|/rateLimit/limit",
                "{\"rateLimit\":{\"limit\":0}}|/rateLimit/limit",
                "{\"rateLimit\":{\"limit\":1,\"per\":\"P2D\"}}|/rateLimit/per",
                "{\"retention\":{\"ready\":{}}}|/retention/ready",
                "{\"retention\":{\"dead\":7}}|/retention/dead"
            })
    default void badChangesAreRefusedWhole(String body, String pointer) {
        String queue = queue();
        task(queue);
        String before = get("/queues/" + queue).path("config").toString();
        raw(body).patch("/queues/" + queue).then().statusCode(400).body("errors.pointer", equalTo(List.of(pointer)));
        assertThat(get("/queues/" + queue).path("config").toString()).isEqualTo(before);
    }

    @Test
    default void pausedQueueHandsOutNothingUntilResumed() {
        String queue = queue();
        task(queue);
        post("/queues/" + queue + "/pause").then().statusCode(200).body("paused", equalTo(true));
        lease(queue).then().body("leases", hasSize(0));
        task(queue);
        post("/queues/" + queue + "/resume").then().statusCode(200).body("paused", equalTo(false));
        lease(queue).then().body("leases", hasSize(1));
    }

    @Test
    default void noMoreRunAtOnceThanTheConcurrencyOfTheQueue() {
        String queue = queue();
        for (int i = 0; i < 3; i++) {
            task(queue);
        }
        json("{'concurrency':2}")
                .patch("/queues/" + queue)
                .then()
                .statusCode(200)
                .body("config.concurrency", equalTo(2));
        String mine = "queues.find { it.name == '" + queue + "' }.wanted";
        get("/scaling").then().body(mine, equalTo(2));
        String first = lease(queue).path("leases[0].token");
        lease(queue).then().body("leases", hasSize(1));
        lease(queue).then().body("leases", hasSize(0));
        get("/scaling").then().body(mine, equalTo(2));
        post("/leases/" + first + "/complete").then().statusCode(200);
        lease(queue).then().body("leases", hasSize(1));
    }

    @Test
    default void queueIsDeletedWhenEmptyOrByForce() {
        String queue = queue();
        String id = task(queue);
        request().delete("/queues/" + queue).then().statusCode(409).body("code", equalTo("ILLEGAL_TRANSITION"));
        request().delete("/queues/" + queue + "?force=maybe").then().statusCode(400);
        request().delete("/queues/" + queue + "?force=true").then().statusCode(204);
        get("/queues/" + queue).then().statusCode(404);
        get("/tasks/" + id).then().statusCode(404);
        task(queue);
        get("/queues/" + queue).then().body("counts.ready", equalTo(1));
    }
}
