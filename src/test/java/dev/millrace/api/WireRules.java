package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends, sent byte by byte. */
interface WireRules extends ApiFixture {
    @Test
    default void largeBodiesAreRefusedBeforeTheyAreRead() throws IOException {
        for (String path : List.of("/queues/q/tasks", "/queues/q/tasks/bulk", "/nope")) {
            String answer = RawHttp.answer("POST " + BASE + path + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{");
            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("connection: close")
                    .contains("\"code\":\"TOO_LARGE\"");
        }
        String medium = RawHttp.answer("POST " + BASE + "/queues/q/tasks HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 400000\r\n\r\n{");
        assertThat(medium).startsWith("HTTP/1.1 413 ").contains("\"code\":\"TOO_LARGE\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 60})
    default void largeBodiesInChunksAreRefusedAsWell(int chunks) throws IOException {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        String answer = RawHttp.answer("POST " + BASE + "/queues/q/tasks HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(chunks)
                + "0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"TOO_LARGE\"");
    }

    @Test
    default void connectionSurvivesARefusal() throws IOException {
        String refused = "POST " + BASE + "/nope HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 5\r\n\r\n12345";
        String fine = "GET " + BASE + "/queues HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assertThat(RawHttp.exchange(refused + refused + fine))
                .contains("HTTP/1.1 404 ")
                .contains("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:80", "192.0.2.1", "127.0.0.1.nip.io"})
    default void foreignHostsAreRefused(String host) throws IOException {
        for (String path : List.of(BASE + "/queues", "/q/metrics", "/q/openapi", "/health", "/")) {
            String answer =
                    RawHttp.exchange("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 403 ")
                    .contains("application/problem+json")
                    .contains("\"code\":\"FORBIDDEN\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9999", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080"})
    default void localHostsAreServed(String host) throws IOException {
        assertThat(RawHttp.exchange(
                        "GET " + BASE + "/queues HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    default void malformedAddressesAreRefused() throws IOException {
        for (String path :
                List.of("/api/v1/tasks/%zz", "/api/v1/tasks/%", "/api/v1/tasks/%ff%fe", "/api/v1/tasks?limit=%zz")) {
            String answer =
                    RawHttp.exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*application/problem\\+json.*");
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/queues", "/nope", "/q/metrics"})
    default void longAddressesAreRefused(String path) throws IOException {
        assertProblem(RawHttp.answer(get(path + "?" + "a".repeat(9000), "")), 414, "URI_TOO_LONG");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    default void largeHeadersAreRefused(int headers) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < headers; i++) {
            lines.append("X-")
                    .append(i)
                    .append(": ")
                    .append("a".repeat(40_000 / headers))
                    .append("\r\n");
        }
        assertProblem(RawHttp.answer(get("/api/v1/queues", lines.toString())), 431, "HEADERS_TOO_LARGE");
    }

    @Test
    default void whatIsNotHttpEndsTheConnection() throws IOException {
        for (String bytes : List.of("nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", get("/" + "a".repeat(70_000), ""))) {
            assertThat(RawHttp.exchange(bytes)).doesNotContain(" 200 ", " 500 ");
        }
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    private static void assertProblem(String answer, int status, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("x-request-id: ")
                .contains("application/problem+json")
                .contains("\"code\":\"" + code + "\"");
    }
}
