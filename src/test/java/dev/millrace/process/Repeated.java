package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Submissions that are sent again, by their ids and by their {@code Idempotency-Key}. */
final class Repeated {
    private static final String TASKS = "/api/v1/queues/known/tasks";
    private static final String NAMED = "{\"type\": \"foreign\", \"id\": \"known-1\"}";
    private static final String KEYED = "{\"type\": \"foreign\", \"payload\": 2}";
    private static final String MANY = "[{\"type\": \"foreign\"}, {\"type\": \"foreign\", \"payload\": 1}]";

    private final String keyed;
    private final List<String> many;

    private Repeated(String keyed, List<String> many) {
        this.keyed = keyed;
        this.many = many;
    }

    /** Submits them for the first time. */
    static Repeated begin(Http http) {
        assertThat(http.post(TASKS, NAMED).status()).isEqualTo(201);
        Http.Reply keyed = http.post(TASKS, KEYED, "Idempotency-Key", "one");
        assertThat(keyed.status()).isEqualTo(201);
        Http.Reply many = http.post(TASKS + "/bulk", MANY, "Idempotency-Key", "many");
        return new Repeated(keyed.json().path("id").asText(), ids(many));
    }

    /** And again, at a store that takes nothing new. */
    void assertKnownToAFullStore(Http http) {
        Http.Reply byId = http.post(TASKS, NAMED);
        assertThat(byId.status()).as(byId.toString()).isEqualTo(200);
        assertThat(byId.json().path("id").asText()).isEqualTo("known-1");
        Http.Reply byKey = http.post(TASKS, KEYED, "Idempotency-Key", "one");
        assertThat(byKey.status()).as(byKey.toString()).isEqualTo(200);
        assertThat(byKey.json().path("id").asText()).isEqualTo(keyed);
        assertThat(http.post(TASKS, "{\"type\": \"other\", \"id\": \"known-1\"}")
                        .status())
                .isEqualTo(409);
        assertThat(ids(http.post(TASKS + "/bulk", MANY, "Idempotency-Key", "many")))
                .isEqualTo(many);
        assertEachTaskIsTold(http);
    }

    private static void assertEachTaskIsTold(Http http) {
        Http.Reply mixed = http.post(TASKS + "/bulk", "[" + NAMED + ", {\"type\": \"foreign\", \"id\": \"unknown\"}]");
        assertThat(mixed.status()).as(mixed.toString()).isEqualTo(200);
        JsonNode results = mixed.json().path("results");
        assertThat(results.path(0).path("status").asInt()).as(mixed.toString()).isEqualTo(200);
        assertThat(results.path(0).path("id").asText()).isEqualTo("known-1");
        assertThat(results.path(1).path("status").asInt()).as(mixed.toString()).isEqualTo(507);
        assertThat(results.path(1).path("code").asText()).isEqualTo("STORE_FULL");
        assertThat(http.get("/api/v1/tasks/unknown").status()).isEqualTo(404);
    }

    private static List<String> ids(Http.Reply bulk) {
        assertThat(bulk.status()).as(bulk.toString()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        bulk.json().path("results").forEach(result -> ids.add(result.path("id").asText()));
        assertThat(ids).hasSize(2).doesNotContain("");
        return ids;
    }
}
