package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How tasks are found, and changed many at once. */
interface ListRules extends ApiFixture {
    @Test
    default void listIsPagedNewestFirst() {
        String queue = queue();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.addFirst(task(queue));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonPath page = get("/tasks?queue=" + queue + "&limit=3" + cursor)
                    .then()
                    .statusCode(200)
                    .body("$", hasKey("next"))
                    .body("items", everyItem(not(hasKey("history"))))
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.id"));
            String next = page.getString("next");
            assertThat(next == null || next.matches("[A-Za-z0-9_-]+")).isTrue();
            cursor = next == null ? null : "&cursor=" + next;
            pages++;
        } while (cursor != null && pages < 10);
        assertThat(seen).isEqualTo(ids);
        assertThat(pages).isBetween(3, 4);
    }

    @Test
    default void listIsFiltered() {
        String queue = queue();
        String tagged = submitted(queue, "{'type':'a','tags':['x'],'labels':{'k':'v','l':'w'}}")
                .extract()
                .path("id");
        String late = submitted(queue, "{'type':'b','delay':'PT1H'}").extract().path("id");
        String start = get("/tasks/" + tagged).path("createdAt");
        Map<String, List<String>> found = Map.of(
                "state=ready",
                List.of(tagged),
                "state=scheduled",
                List.of(late),
                "state=dead",
                List.of(),
                "type=b",
                List.of(late),
                "tag=x",
                List.of(tagged),
                "label.k=v&label.l=w",
                List.of(tagged),
                "label.k=v&label.l=x",
                List.of(),
                "createdAfter=" + start,
                List.of(late, tagged),
                "createdBefore=" + start,
                List.of(),
                "createdAfter=2020-01-01T00:00:00%2B02:00&type=a&state=ready",
                List.of(tagged));
        found.forEach((filter, ids) ->
                assertThat(ids("queue=" + queue + "&" + filter)).as(filter).isEqualTo(ids));
    }

    private List<String> ids(String query) {
        return request()
                .urlEncodingEnabled(false)
                .get("/tasks?" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    @Test
    default void listOverAllQueuesIsMerged() {
        String first = task(queue());
        String second = task(queue());
        assertThat(get("/tasks?limit=2").then().statusCode(200).extract().<List<String>>path("items.id"))
                .containsExactly(second, first);
        String next = get("/tasks?limit=1").path("next");
        assertThat(get("/tasks?limit=1&cursor=" + next).<List<String>>path("items.id"))
                .containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=x",
                "limit=-1",
                "state=lost",
                "type=a%20b",
                "queue=UPPER",
                "createdAfter=yesterday",
                "colour=red",
                "state=ready&state=dead",
                "cursor=garbage",
                "cursor=%20",
                "cursor=AAAA"
            })
    default void badQueriesAreRefused(String query) {
        String queue = queue();
        task(queue);
        String whole = query.contains("queue=") ? query : "queue=" + queue + "&" + query;
        request()
                .urlEncodingEnabled(false)
                .get("/tasks?" + whole)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
        if (query.startsWith("cursor")) {
            request().urlEncodingEnabled(false).get("/tasks?" + query).then().statusCode(400);
            request().urlEncodingEnabled(false).get("/queues?" + query).then().statusCode(400);
        }
    }

    @Test
    default void cursorOfAnotherListIsRefused() {
        String queue = queue();
        task(queue);
        task(queue);
        String ofQueue = get("/tasks?limit=1&queue=" + queue).path("next");
        String ofAll = get("/tasks?limit=1").path("next");
        assertThat(List.of(ofQueue, ofAll)).doesNotContainNull();
        get("/tasks?limit=1&queue=" + queue + "&cursor=" + ofAll).then().statusCode(400);
        get("/tasks?limit=1&cursor=" + ofQueue).then().statusCode(400);
        get("/queues?cursor=" + ofQueue).then().statusCode(400);
    }

    @Test
    default void actionsReachWhatMatches() {
        String queue = queue();
        String keep = submitted(queue, "{'type':'keep'}").extract().path("id");
        for (int i = 0; i < 3; i++) {
            submitted(queue, "{'type':'drop','tags':['t'],'labels':{'l':'v'}}");
        }
        String filter = "'filter':{'queue':'" + queue + "','type':'drop','tag':'t','labels':{'l':'v'}}";
        json("{'action':'cancel'," + filter + ",'dryRun':true}")
                .post("/tasks/actions")
                .then()
                .statusCode(200)
                .body("matched", equalTo(3))
                .body("done", equalTo(0))
                .body("next", nullValue());
        json("{'action':'cancel'," + filter + "}")
                .post("/tasks/actions")
                .then()
                .statusCode(200)
                .body("matched", equalTo(3))
                .body("done", equalTo(3));
        get("/tasks/" + keep).then().body("state", equalTo("ready"));
        json("{'action':'retry'," + filter + "}").post("/tasks/actions").then().body("done", equalTo(3));
        json("{'action':'cancel'," + filter + "}").post("/tasks/actions").then().body("done", equalTo(3));
        json("{'action':'delete'," + filter + "}").post("/tasks/actions").then().body("done", equalTo(3));
        json("{'action':'delete'," + filter + "}").post("/tasks/actions").then().body("matched", equalTo(0));
        get("/queues/" + queue).then().body("counts.ready", equalTo(1)).body("counts.cancelled", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'action':'explode'}",
                "{'action':'cancel','filter':{'colour':1}}",
                "{'action':'cancel','filter':{'state':'x'}}",
                "{'action':'cancel','filters':{}}",
                "{'action':'cancel','filter':{'queue':'none'},'next':'garbage'}"
            })
    default void badActionsAreRefused(String body) {
        json(body).post("/tasks/actions").then().statusCode(400).body("code", equalTo("INVALID_REQUEST"));
    }
}
