package dev.millrace.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That everything that goes wrong, the framework's own included, is a problem document. */
interface ErrorRules extends ApiFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nope",
                "/api",
                "/api/v1",
                "/api/v1/nope",
                "/api/v1/tasks/a/b/c",
                "/api/v2/tasks",
                "/q/nope"
            })
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
        String answer = exchange("POST " + BASE + "/queues/q/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                + "\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{\"type\":\"t\"}");
        assertThat(answer).startsWith("HTTP/1.1 415 ").contains("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    default void bodyNeedsAContentType() throws IOException {
        String answer = exchange("POST " + BASE + "/queues/q/tasks HTTP/1.1\r\nHost: localhost\r\n"
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
    default void largeBodiesAreRefusedBeforeTheyAreRead() throws IOException {
        for (String path : List.of("/queues/q/tasks", "/queues/q/tasks/bulk", "/nope")) {
            String answer = exchange("POST " + BASE + path + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{");
            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("connection: close")
                    .contains("\"code\":\"TOO_LARGE\"");
        }
        String medium = exchange("POST " + BASE + "/queues/q/tasks HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 400000\r\n\r\n{");
        assertThat(medium).startsWith("HTTP/1.1 413 ").contains("\"code\":\"TOO_LARGE\"");
    }

    @Test
    default void largeBodiesInChunksAreRefusedAsWell() throws IOException {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String answer = exchange("POST " + BASE + "/queues/q/tasks HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(6)
                + "0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"TOO_LARGE\"");
    }

    @Test
    default void connectionSurvivesARefusal() throws IOException {
        String refused = "POST " + BASE + "/nope HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 5\r\n\r\n12345";
        String fine = "GET " + BASE + "/queues HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assertThat(exchange(refused + refused + fine)).contains("HTTP/1.1 404 ").contains("HTTP/1.1 200 ");
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

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:80", "192.0.2.1", "127.0.0.1.nip.io"})
    default void foreignHostsAreRefused(String host) throws IOException {
        for (String path : List.of(BASE + "/queues", "/q/metrics", "/q/openapi", "/health", "/")) {
            String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 403 ")
                    .contains("application/problem+json")
                    .contains("\"code\":\"FORBIDDEN\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9999", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080"})
    default void localHostsAreServed(String host) throws IOException {
        assertThat(exchange("GET " + BASE + "/queues HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
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
    default void malformedAddressesAreRefused() throws IOException {
        for (String path :
                List.of("/api/v1/tasks/%zz", "/api/v1/tasks/%", "/api/v1/tasks/%ff%fe", "/api/v1/tasks?limit=%zz")) {
            String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*application/problem\\+json.*");
        }
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

    /** Sends bytes as they are and reads what comes until the server closes or falls silent. */
    private static String exchange(String request) throws IOException {
        return exchange(request, 4);
    }

    private static String exchange(String request, int tries) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String heard = untilSilence(socket);
            return heard.isEmpty() && tries > 1 ? exchange(request, tries - 1) : heard;
        }
    }

    private static String untilSilence(Socket socket) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(heard);
        } catch (SocketTimeoutException e) {
            // What was said before the silence is the answer.
        }
        return heard.toString(StandardCharsets.UTF_8);
    }
}
