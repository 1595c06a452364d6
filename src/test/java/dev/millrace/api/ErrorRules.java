package dev.millrace.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That everything that goes wrong, the framework's own included, is a problem document. */
interface ErrorRules extends ApiFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {"/nope", "/api", "/api/v1", "/api/v1/nope", "/api/v1/tasks/a/b/c", "/api/v2/tasks", "/q/nope"})
    default void unknownAddressesAreNotFound(String path) {
        problem(given().get(path), 404, "NOT_FOUND");
        problem(given().contentType(JSON).body("{}").post(path), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /queues/q/tasks, POST",
        "GET, /queues/q/tasks, POST",
        "GET, /queues/q/leases, POST",
        "DELETE, /queues/q/tasks/bulk, POST",
        "POST, /tasks, GET",
        "PUT, /tasks/x, DELETE",
        "PATCH, /tasks/x, GET",
        "GET, /leases, POST",
        "GET, /leases/t/complete, POST",
        "POST, /queues, GET",
        "PUT, /queues/q, PATCH",
        "POST, /scaling, GET",
        "POST, /health, GET",
        "GET, /maintenance/tick, POST"
    })
    default void wrongMethodNamesTheRightOnes(String method, String path, String allowed) {
        Response response = request().request(method, path);
        problem(response, 405, "METHOD_NOT_ALLOWED");
        Set<String> allow = Set.of(response.header("Allow").split(", "));
        assertThat(allow).contains(allowed).doesNotContain(method);
    }

    @Test
    default void optionsTellsTheMethods() {
        Response response = request().options("/queues/q");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.header("Allow").split(", "))
                .containsExactlyInAnyOrder("DELETE", "GET", "HEAD", "OPTIONS", "PATCH");
        problem(request().options("/nope"), 404, "NOT_FOUND");
    }

    @Test
    default void headIsGetWithoutABody() {
        String queue = queue();
        task(queue);
        Response response = request().head("/queues/" + queue);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asByteArray()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "image/*", "application/xml, text/plain;q=0.5"})
    default void answersInJsonOnly(String accept) {
        problem(request().accept(accept).get("/queues"), 406, "NOT_ACCEPTABLE");
        problem(raw("{\"type\":\"t\"}").accept(accept).post("/queues/" + queue() + "/tasks"), 406, "NOT_ACCEPTABLE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "*/*", "application/*;q=0.2", "text/html;q=0.9, application/json;q=0.1"})
    default void acceptsWhoeverTakesJson(String accept) {
        request().accept(accept).get("/queues").then().statusCode(200).contentType(JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/json;charset=utf-16",
                "multipart/form-data;boundary=x"
            })
    default void readsJsonInUtf8Only(String type) throws IOException {
        String answer =
                RawHttp.exchange("POST " + BASE + "/queues/q/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                        + "\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{\"type\":\"t\"}");
        assertThat(answer).startsWith("HTTP/1.1 415 ").contains("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    default void bodyNeedsAContentType() throws IOException {
        String answer = RawHttp.exchange("POST " + BASE + "/queues/q/tasks HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: 12\r\nConnection: close\r\n\r\n{\"type\":\"t\"}");
        assertThat(answer).startsWith("HTTP/1.1 415 ").contains("UNSUPPORTED_MEDIA_TYPE");
        problem(raw("{}").header("Content-Encoding", "gzip").post("/queues/q/tasks"), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "{\"type\":\"t\"} trailing",
                "{\"type\":\"t\",\"type\":\"u\"}",
                "{\"type\":\"t\",\"payload\":\"\\ud800\"}",
                "{\"type\":\"t\",\"payload\":{\"a\":1,\"a\":2}}"
            })
    default void whatIsNotJsonIsMalformed(String body) {
        problem(raw(body).post("/queues/" + queue() + "/tasks"), 400, "MALFORMED_JSON");
    }

    @Test
    default void bytesThatAreNotUtf8AreMalformed() {
        byte[] body = "{\"type\":\"t\",\"payload\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        problem(request().contentType(JSON).body(body).post("/queues/" + queue() + "/tasks"), 400, "MALFORMED_JSON");
    }

    @Test
    default void callersRequestIdIsKept() {
        request().header("X-Request-Id", "mine-1").get("/queues").then().header("X-Request-Id", equalTo("mine-1"));
        request()
                .header("X-Request-Id", "not\u0020sane<script>")
                .get("/queues")
                .then()
                .header("X-Request-Id", not(containsString("script")));
        given().get("/q/health/live").then().header("X-Request-Id", notNullValue());
    }

    @Test
    default void pagesOfOtherSitesAreRefused() {
        problem(request().header("Origin", "https://evil.example").get("/queues"), 403, "FORBIDDEN");
        problem(request().header("Origin", "null").get("/queues"), 403, "FORBIDDEN");
        problem(request().header("Sec-Fetch-Site", "cross-site").get("/queues"), 403, "FORBIDDEN");
        problem(request().header("Origin", "https://evil.example").options("/queues"), 403, "FORBIDDEN");
        request()
                .header("Origin", "http://localhost:3000")
                .header("Sec-Fetch-Site", "same-site")
                .get("/queues")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", (String) null);
    }

    @Test
    default void nothingOfAPathIsReflectedUnescaped() {
        Response response = given().urlEncodingEnabled(false).get("/%3Cscript%3E%0d%0aX-Evil:1");
        problem(response, 404, "NOT_FOUND");
        assertThat(response.header("X-Evil")).isNull();
    }

    @Test
    default void malformedIdempotencyKeyIsRefused() {
        problem(
                raw("{\"type\":\"t\"}")
                        .header("Idempotency-Key", "x".repeat(256))
                        .post("/queues/" + queue() + "/tasks"),
                400,
                "INVALID_REQUEST");
    }
}
