package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the packaged program has all that its pages are made of; what they do is tested in a browser. */
@Tag("smoke")
class DashboardIT {
    private static final Pattern PART = Pattern.compile("(?:src|href)=\"(/(?:dashboard|webjars)/[^\"]+)\"");

    private static final Map<String, String> DESTINATION =
            Map.of("MILLRACE_DESTINATIONS_HOOKS_BACKENDS", "http://127.0.0.1:9000/");
    private static final Map<String, String> KEY =
            Map.of("MILLRACE_ACCESS_KEYS_A_HASH", "0".repeat(64), "MILLRACE_ACCESS_KEYS_A_ROLES", "viewer");

    @TempDir
    Path directory;

    @Test
    void everyPageIsMadeHasItsPartsAndIsToldWhatChanges() throws Exception {
        try (MillraceProcess server = MillraceProcess.start(directory, DESTINATION)) {
            Http http = new Http(server.uri());
            String done = submit(http, "{\"type\":\"echo\",\"payload\":{\"n\":12345678901234567890},\"tags\":[\"a\"]}");
            String dead = submit(http, "{\"type\":\"fail\",\"payload\":{\"retryable\":false}}");
            String waiting = submit(http, "{\"type\":\"by-hand\",\"unique\":{\"key\":\"k\"},\"labels\":{\"a\":\"b\"}}");
            String scheduled = submit(http, "{\"type\":\"echo\",\"delay\":\"PT1H\",\"ttl\":\"PT2H\"}");
            Until.answered(() -> http.get("/api/v1/tasks/" + dead).body().contains("\"dead\"") ? dead : null);

            Stream.of("/", "/?range=day", "/queues", "/queues/mail", "/tasks", "/tasks?queue=mail&state=dead")
                    .forEach(path -> page(http, path));
            Stream.of("/queues/mail/settings", "/queues/mail/purge", "/queues/mail/delete", "/new-task")
                    .forEach(path -> page(http, path));
            Stream.of("/dead-letters", "/workers", "/system").forEach(path -> page(http, path));
            Stream.of("/destinations", "/destinations/hooks", "/new-destination")
                    .forEach(path -> page(http, path));
            Stream.of(done, dead, waiting, scheduled).forEach(id -> page(http, "/tasks/" + id));
            page(http, "/tasks/" + dead + "/edit");
            page(http, "/tasks/" + dead + "/delete");
            page(http, "/tasks/" + waiting + "/cancel");

            assertPartsAreThere(http);
            assertPagesAreToldWhatChanges(server);
        }
    }

    private static void assertPartsAreThere(Http http) {
        List<String> parts = PART.matcher(page(http, "/"))
                .results()
                .map((MatchResult part) -> part.group(1))
                .distinct()
                .toList();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(5);
        parts.forEach(part -> assertThat(http.get(part).status()).as(part).isEqualTo(200));
    }

    @Test
    void whoIsNotKnownIsAskedToSignIn() {
        try (MillraceProcess server = MillraceProcess.start(directory, KEY)) {
            assertThat(page(new Http(server.uri()), "/login")).contains("Sign in");
        }
    }

    private static void assertPagesAreToldWhatChanges(MillraceProcess server) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest live = HttpRequest.newBuilder(server.uri().resolve("/live?page=/queues"))
                    .build();
            HttpResponse<Stream<String>> stream = client.send(live, HttpResponse.BodyHandlers.ofLines());
            assertThat(stream.statusCode()).isEqualTo(200);
            submit(new Http(server.uri()), "{\"type\":\"echo\"}");
            CompletableFuture<Boolean> told = CompletableFuture.supplyAsync(
                    () -> stream.body().anyMatch(line -> line.startsWith("data:") && line.contains("mail")));
            assertThat(told.get(10, TimeUnit.SECONDS)).isTrue();
            client.shutdownNow();
        }
    }

    private static String submit(Http http, String task) {
        return http.post("/api/v1/queues/mail/tasks", task).json().path("id").asText();
    }

    private static String page(Http http, String path) {
        Http.Reply reply = http.get(path);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        assertThat(reply.body()).as(path).contains("</html>");
        return reply.body();
    }
}
