package dev.millrace.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The dead by how they failed, and what is done to them as a group. */
interface DeadLetterRules extends ApiFixture {
    private void dead(String queue, String payload, String message) {
        submitted(queue, "{'type':'by-hand','payload':" + payload + "}");
        json("{'type':'IO','message':'" + message + "','retryable':false}")
                .post("/leases/" + token(queue) + "/fail")
                .then()
                .statusCode(200)
                .body("state", equalTo("dead"));
    }

    /** The group that two of a queue's three dead are in. */
    private String groupOfTwo(String queue) {
        dead(queue, "{'to':'ada','n':1}", "no route to 1");
        dead(queue, "{'to':'ada','n':2.50}", "no route to 2");
        dead(queue, "{'to':'ada'}", "refused");
        return get("/dead-letters?queue=" + queue).path("items.find { it.dead == 2 }.group");
    }

    @Test
    default void theDeadAreListedByHowTheyFailed() {
        String queue = queue();
        String group = groupOfTwo(queue);
        String path = "/dead-letters?queue=" + queue;
        get(path)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.find { it.dead == 2 }.failures", equalTo(2))
                .body("items.find { it.dead == 2 }.error.message", equalTo("no route to 2"))
                .body("items.queue", contains(queue, queue))
                .body("next", nullValue())
                .body("dead", equalTo(3))
                .body("others", equalTo(0));
        get(path + "&limit=1").then().body("items.dead", contains(2)).body("others", equalTo(1));
        get("/dead-letters?limit=500")
                .then()
                .body("items.queue", hasItem(queue))
                .body("dead", greaterThanOrEqualTo(3));
        get("/tasks?queue=" + queue + "&group=" + group).then().body("items", hasSize(2));
    }

    @Test
    default void aGroupIsCountedRetriedWithAPatchAndDeleted() {
        String queue = queue();
        String filter = "'filter':{'queue':'" + queue + "','state':'dead','group':'" + groupOfTwo(queue) + "'}";
        json("{'action':'retry'," + filter + ",'dryRun':true,'patch':{'to':'grace'}}")
                .post("/tasks/actions")
                .then()
                .body("matched", equalTo(2))
                .body("done", equalTo(0));
        json("{'action':'retry'," + filter + ",'patch':{'to':'grace','n':null}}")
                .post("/tasks/actions")
                .then()
                .body("matched", equalTo(2))
                .body("done", equalTo(2));
        get("/tasks?queue=" + queue + "&state=ready")
                .then()
                .body("items.payload", contains(Map.of("to", "grace"), Map.of("to", "grace")));
        String path = "/dead-letters?queue=" + queue;
        get(path).then().body("items.dead", contains(1)).body("dead", equalTo(1));
        json("{'action':'delete','filter':{'queue':'" + queue + "','state':'dead'}}")
                .post("/tasks/actions")
                .then()
                .body("done", equalTo(1));
        get(path).then().body("items", hasSize(0)).body("dead", equalTo(0));
    }

    @Test
    default void textIsLookedForInOneQueue() {
        String queue = queue();
        submitted(queue, "{'type':'by-hand','payload':{'to':'Ada@example.org'}}");
        submitted(queue, "{'type':'by-hand','payload':{'to':'grace'}}");

        get("/tasks?queue=" + queue + "&text=ada@").then().body("items.payload.to", contains("Ada@example.org"));
        json("{'action':'cancel','filter':{'queue':'" + queue + "','text':'GRACE'},'dryRun':true}")
                .post("/tasks/actions")
                .then()
                .body("matched", equalTo(1));
    }

    @Test
    default void whatCannotBeAskedForIsRefusedWithItsPlace() {
        problem(get("/tasks?text=a"), 400, "INVALID_REQUEST");
        problem(get("/tasks?queue=q&group=xyz"), 400, "INVALID_REQUEST");
        problem(get("/tasks?queue=q&text=" + "a".repeat(257)), 400, "INVALID_REQUEST");
        problem(get("/dead-letters?limit=501"), 400, "INVALID_REQUEST");
        problem(get("/dead-letters?queue=A"), 400, "INVALID_REQUEST");
        json("{'action':'retry','filter':{'text':'a'}}")
                .post("/tasks/actions")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/filter/queue"));
        json("{'action':'cancel','filter':{'queue':'q'},'patch':{}}")
                .post("/tasks/actions")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/patch"));
    }
}
