package dev.millrace.api;

import static dev.millrace.access.KeysForTests.bearer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what on a server with keys. */
@QuarkusTest
@TestProfile(KeysProfile.class)
class KeysTest implements ApiFixture {
    private static final List<String> ROLES = List.of("viewer", "submitter", "worker", "operator", "admin");

    private static RequestSpecification as(String key) {
        return given().config(PLAIN).basePath(BASE).header("Authorization", "Bearer " + bearer(key));
    }

    private static Response submit(String key, String queue) {
        return as(key).contentType(JSON).body("{\"type\":\"by-hand\"}").post("/queues/" + queue + "/tasks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer nonsense",
                "Basic dXNlcjpwYXNz",
                "Bearer mrk_admin_0000000000000000000000000000000000000000000",
                "Bearer mrk_nobody_0123456789abcdefghijABCDEFGHIJ0123456789xyz"
            })
    void withoutAKeyNothingIsAnswered(String authorization) {
        for (String path : List.of(BASE + "/queues", "/health", "/q/metrics", "/q/openapi", "/", "/nope", "/q/nope")) {
            given().config(PLAIN)
                    .header("Authorization", authorization)
                    .get(path)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", equalTo("Bearer"))
                    .header("X-Request-Id", notNullValue())
                    .body("code", equalTo("UNAUTHENTICATED"));
        }
        json("{'type':'t'}").post("/queues/q/tasks").then().statusCode(401);
    }

    @Test
    void probesNeedNoKey() {
        for (String probe : List.of("", "/live", "/ready", "/started")) {
            given().get("/q/health" + probe).then().statusCode(200);
        }
    }

    @Test
    void foreignHostsMattersOnlyWithoutKeys() {
        as("viewer").header("Host", "millrace.example").get("/queues").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/queues|viewer operator admin",
                "GET|/queues/nope|viewer operator admin",
                "GET|/tasks|viewer operator admin",
                "GET|/tasks/nope|viewer submitter operator admin",
                "GET|/scaling|viewer operator admin",
                "GET|/health|viewer operator admin",
                "GET|/clustering/nodes|viewer operator admin",
                "POST|/clustering/nodes/nope/quiet|operator admin",
                "POST|/clustering/nodes/nope/resume|operator admin",
                "POST|/clustering/nodes/nope/stop|operator admin",
                "GET|/clustering/nodes/nope/log|operator admin",
                "GET|/destinations|viewer operator admin",
                "GET|/destinations/nope|viewer operator admin",
                "GET|/destinations/nope/stats|viewer operator admin",
                "PUT|/destinations/nope|operator admin",
                "DELETE|/destinations/nope|operator admin",
                "POST|/destinations/nope/backends|operator admin",
                "POST|/destinations/nope/backends/drain|operator admin",
                "POST|/destinations/nope/backends/resume|operator admin",
                "POST|/destinations/nope/backends/remove|operator admin",
                "POST|/drain|worker admin",
                "GET|/doctor|operator admin",
                "GET|/config|operator admin",
                "POST|/queues/nope/tasks|submitter admin",
                "POST|/queues/nope/tasks/bulk|submitter admin",
                "POST|/queues/nope/leases|worker admin",
                "POST|/leases|worker admin",
                "POST|/leases/complete|worker admin",
                "POST|/leases/nope/complete|worker admin",
                "POST|/leases/nope/fail|worker admin",
                "POST|/leases/nope/release|worker admin",
                "POST|/leases/nope/extend|worker admin",
                "POST|/leases/nope/progress|worker admin",
                "POST|/tasks/nope/cancel|operator admin",
                "POST|/tasks/nope/retry|operator admin",
                "POST|/tasks/nope/run-now|operator admin",
                "DELETE|/tasks/nope|operator admin",
                "POST|/tasks/actions|operator admin",
                "POST|/queues/nope/pause|operator admin",
                "POST|/queues/nope/resume|operator admin",
                "POST|/maintenance/tick|operator admin",
                "POST|/maintenance/backup|admin",
                "PATCH|/queues/nope|admin",
                "DELETE|/queues/nope|admin"
            })
    void eachEndpointAsksForItsRole(String method, String path, String allowed) {
        Set<String> fine = Set.of(allowed.split(" "));
        for (String role : ROLES) {
            Response response = as(role).contentType(JSON).body("nonsense").request(method, path);
            if (fine.contains(role)) {
                assertThat(response.statusCode()).as(role).isNotIn(401, 403, 405);
            } else {
                response.then().statusCode(403).body("code", equalTo("FORBIDDEN"));
            }
        }
    }

    @Test
    void metricsAreForViewers() {
        given().header("Authorization", "Bearer " + bearer("viewer"))
                .get("/q/metrics")
                .then()
                .statusCode(200);
        given().header("Authorization", "bearer " + bearer("worker"))
                .get("/q/metrics")
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer " + bearer("worker"))
                .get("/q/openapi")
                .then()
                .statusCode(200);
    }

    @Test
    void submitterSeesWhatItSubmittedOnly() {
        String id =
                submit("submitter", queue()).then().statusCode(201).extract().path("id");
        as("submitter").get("/tasks/" + id).then().statusCode(200).body("id", equalTo(id));
        as("second-submitter").get("/tasks/" + id).then().statusCode(404).body("code", equalTo("TASK_NOT_FOUND"));
        as("viewer").get("/tasks/" + id).then().statusCode(200);
    }

    @Test
    void idempotencyKeysAreEachCredentialsOwn() {
        String queue = queue();
        for (String key : List.of("submitter", "second-submitter")) {
            as(key).header("Idempotency-Key", "same")
                    .contentType(JSON)
                    .body("{\"type\":\"by-hand\"}")
                    .post("/queues/" + queue + "/tasks")
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void keyBoundToQueuesTouchesNoOther() {
        String other = queue();
        submit("bound-submitter", KeysProfile.BOUND_QUEUE).then().statusCode(201);
        submit("bound-submitter", other).then().statusCode(403).body("code", equalTo("FORBIDDEN"));
        String id = submit("admin", other).then().statusCode(201).extract().path("id");
        as("bound-viewer").get("/tasks/" + id).then().statusCode(404);
        as("bound-operator").post("/tasks/" + id + "/cancel").then().statusCode(404);
        as("bound-operator").delete("/tasks/" + id).then().statusCode(404);
        as("bound-operator").post("/clustering/nodes/nope/stop").then().statusCode(403);
        as("bound-viewer").get("/tasks?queue=" + other).then().statusCode(403);
        as("bound-viewer").get("/queues/" + other).then().statusCode(403);
        as("bound-operator").post("/queues/" + other + "/pause").then().statusCode(403);
        as("bound-admin").delete("/queues/" + other + "?force=true").then().statusCode(403);
        as("bound-worker").post("/queues/" + other + "/leases").then().statusCode(403);
        as("bound-worker")
                .contentType(JSON)
                .body("{\"queues\":[\"bound\",\"" + other + "\"]}")
                .post("/leases")
                .then()
                .statusCode(403);
        as("viewer").get("/tasks/" + id).then().statusCode(200).body("state", equalTo("ready"));
    }

    @Test
    void keyBoundToQueuesSeesThoseInLists() {
        String bound = KeysProfile.BOUND_QUEUE;
        submit("admin", queue()).then().statusCode(201);
        submit("admin", bound).then().statusCode(201);
        as("bound-viewer").get("/queues?limit=500").then().body("items.name", equalTo(List.of(bound)));
        as("bound-viewer").get("/scaling").then().body("queues.name", equalTo(List.of(bound)));
        as("bound-viewer").get("/tasks?limit=500").then().body("items.queue", everyItem(equalTo(bound)));
        as("viewer").get("/queues?limit=500").then().body("items.name", hasItem(not(equalTo(bound))));
        as("bound-operator")
                .contentType(JSON)
                .body("{\"action\":\"cancel\",\"dryRun\":true}")
                .post("/tasks/actions")
                .then()
                .statusCode(403);
    }

    @Test
    void keyMayHaveSeveralRoles() {
        String queue = queue();
        submit("runner", queue).then().statusCode(201);
        String token = as("runner")
                .post("/queues/" + queue + "/leases")
                .then()
                .statusCode(200)
                .body("leases", hasSize(1))
                .body("leases[0].task.worker", equalTo("runner"))
                .extract()
                .path("leases[0].token");
        as("runner").post("/leases/" + token + "/complete").then().statusCode(200);
        as("runner").get("/queues").then().statusCode(403);
    }
}
