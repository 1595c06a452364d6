package dev.millrace.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** That the OpenAPI document is true: its examples are valid, work as they stand, and are answered as it says. */
interface OpenApiRules extends ApiFixture {
    ObjectMapper MAPPER = new ObjectMapper();

    /**
     * One call of the document.
     *
     * @param type media type of the example; null without a body
     */
    record Call(String method, String path, JsonNode operation, String type, JsonNode example) {
        @Override
        public String toString() {
            return method + " " + path + (type == null ? "" : " " + type);
        }
    }

    private static JsonNode document() {
        return read(given().queryParam("format", "json").get("/q/openapi").asString());
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static List<Call> calls(JsonNode document) {
        List<Call> calls = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
                    JsonNode content = operation.getValue().path("requestBody").path("content");
                    content.properties()
                            .forEach(body -> calls.add(new Call(
                                    method,
                                    path.getKey(),
                                    operation.getValue(),
                                    body.getKey(),
                                    body.getValue().path("example"))));
                    if (content.isEmpty()) {
                        calls.add(new Call(method, path.getKey(), operation.getValue(), null, null));
                    }
                }));
        return calls;
    }

    @Test
    default void documentHasEveryEndpoint() {
        assertThat(calls(document()).stream()
                        .map(call -> call.method() + " " + call.path())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("GET /health"),
                                Endpoints.ALL.stream().map(line -> line.replaceFirst(" ", " " + BASE)))
                        .toList());
    }

    @TestFactory
    default Stream<DynamicTest> examplesFitTheirSchemas() {
        JsonNode document = document();
        return calls(document).stream()
                .filter(call -> call.type() != null)
                .map(call -> dynamicTest(call.toString(), () -> {
                    JsonNode schema = call.operation()
                            .path("requestBody")
                            .path("content")
                            .path(call.type())
                            .path("schema");
                    assertThat(call.example().isMissingNode()).isFalse();
                    assertThat(SchemaCheck.problems(document, schema, call.example()))
                            .isEmpty();
                }));
    }

    @TestFactory
    default Stream<DynamicTest> everyExampleIsAnsweredAsTheDocumentSays() {
        JsonNode document = document();
        return calls(document).stream()
                // The only node is the server itself, which would do as it is told: OperationsRules sees to these.
                .filter(call -> !call.path().contains("/clustering/nodes/")
                        || call.method().equals("GET"))
                .map(call -> dynamicTest(call.toString(), () -> {
                    Response response = send(call);
                    if (call.operation().has("x-stores") && response.statusCode() == 400) {
                        problem(response, 400, "INVALID_REQUEST");
                        return;
                    }
                    JsonNode promised = call.operation().path("responses").path(String.valueOf(response.statusCode()));
                    assertThat(response.statusCode()).as(response.asString()).isBetween(200, 299);
                    assertThat(promised.isMissingNode()).isFalse();
                    promised.path("headers").fieldNames().forEachRemaining(header -> {
                        if (List.of("X-Request-Id", "ETag", "Location").contains(header)) {
                            assertThat(response.header(header)).as(header).isNotNull();
                        }
                    });
                    JsonNode content = promised.path("content").path(JSON);
                    if (content.isMissingNode()) {
                        assertThat(response.asByteArray()).isEmpty();
                    } else {
                        assertThat(SchemaCheck.problems(document, content.path("schema"), read(response.asString())))
                                .isEmpty();
                    }
                }));
    }

    @Test
    default void problemsFitTheirSchema() {
        JsonNode document = document();
        JsonNode schema = document.at("/components/schemas/Problem");
        for (Response response : List.of(
                get("/nope"),
                json("{").post("/queues/q/tasks"),
                json("{'type':1}").post("/queues/q/tasks"),
                post("/leases/x/complete"),
                request().put("/queues"))) {
            assertThat(SchemaCheck.problems(document, schema, read(response.asString())))
                    .isEmpty();
        }
        document.path("components").path("responses").forEach(response -> {
            JsonNode example =
                    response.path("content").path("application/problem+json").path("example");
            if (!example.isMissingNode()) {
                assertThat(SchemaCheck.problems(document, schema, example)).isEmpty();
            }
        });
    }

    private Response send(Call call) {
        RequestSpecification request = given().config(PLAIN).urlEncodingEnabled(false);
        if (call.type() != null) {
            String body = call.example().isTextual()
                    ? call.example().asText()
                    : call.example().toString();
            request.contentType(call.type()).body(body.getBytes(StandardCharsets.UTF_8));
        }
        String path = call.path();
        for (Map.Entry<String, String> filled : place(call.path()).entrySet()) {
            path = path.replace(filled.getKey(), filled.getValue());
        }
        return request.request(call.method(), path);
    }

    /** What stands for the variables of a path: things that are as the call needs them. */
    private Map<String, String> place(String path) {
        String queue = queue();
        if (path.contains("{name}")) {
            json("{'backends':[{'url':'http://127.0.0.1:9009/in'},{'url':'http://127.0.0.1:9010/in'}]}")
                    .put("/destinations/" + queue);
            return Map.of("{name}", queue);
        }
        boolean scheduled = path.endsWith("/run-now");
        String id = submitted(queue, "{'type':'by-hand'" + (scheduled ? ",'delay':'PT1H'}" : "}"))
                .extract()
                .path("id");
        if (path.contains("{token}")) {
            return Map.of("{token}", token(queue));
        }
        if (path.endsWith("/retry") || path.equals(BASE + "/queues/{queue}")) {
            post("/tasks/" + id + "/cancel").then().statusCode(200);
        }
        if (path.equals(BASE + "/tasks/{id}")) {
            post("/tasks/" + id + "/cancel").then().statusCode(200);
        }
        return Map.of("{queue}", queue, "{id}", path.contains("/nodes/") ? "self" : id);
    }
}
