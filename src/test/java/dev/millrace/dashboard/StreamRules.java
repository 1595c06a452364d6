package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.millrace.dashboard.LiveRules.awaitStreams;
import static dev.millrace.dashboard.LiveRules.streams;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams come and go with the pages that are in sight, and are bounded. */
interface StreamRules extends TaskFixture {
    /** The part of a page that shows itself anew: what it is called, and where it is asked for. */
    Pattern PART = Pattern.compile("<[^>]* (id=\"[a-z-]+\") [^>]*data-live[^>]* hx-get=\"([^\"]+)\"");

    /** Somebody who listens to streams, which end with it: else a client waits until the last one does so by itself. */
    record Listener(HttpClient client) implements AutoCloseable {
        Listener() {
            this(HttpClient.newHttpClient());
        }

        HttpResponse<Stream<String>> listen(String page) throws Exception {
            URI address = URI.create("http://localhost:" + RestAssured.port + "/live?page="
                    + URLEncoder.encode(page, StandardCharsets.UTF_8));
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofLines());
        }

        @Override
        public void close() {
            client.shutdownNow();
            client.close();
        }
    }

    @Test
    default void aPageOutOfSightLetsItsStreamGo() {
        Page page = page();
        page.navigate("/workers");
        awaitStreams(page, 1);
        page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        awaitStreams(page, 0);
        page.evaluate("Object.defineProperty(document, 'hidden', { value: false, configurable: true });"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        awaitStreams(page, 1);
        page.keyboard().press("p");
        awaitStreams(page, 0);
        assertThat(page.locator("#live")).hasText("Paused");
        page.keyboard().press("p");
        awaitStreams(page, 1);
        page.navigate("about:blank");
        awaitStreams(page, 0);
    }

    @Test
    default void aPageWithoutAStreamAsksNowAndThen() {
        String queue = queue();
        submit(queue);
        Page page = page();
        page.route("**/live?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        page.navigate("/queues?q=" + queue);
        submit(queue);
        assertThat(page.locator("tbody tr td").nth(1)).hasText("2");
        assertThat(page.locator("#live")).hasText("Live");
        Assertions.assertThat(streams().count()).isZero();
    }

    @Test
    @Timeout(60)
    default void whatATaskSaysIsNoEvent() throws Exception {
        String queue = queue();
        submit(queue);
        given().contentType("application/json")
                .body(Map.of(
                        "type",
                        "Broken",
                        "message",
                        "x\r\n\r\nevent: gone\ndata: <img src=x>\r\r\u2028",
                        "retryable",
                        false))
                .post("/api/v1/leases/" + lease(queue, 1).getFirst() + "/fail")
                .then()
                .statusCode(200);
        try (Listener listener = new Listener()) {
            HttpResponse<Stream<String>> answer = listener.listen("/tasks?queue=" + queue);
            List<String> lines = new ArrayList<>();
            try (Stream<String> said = answer.body()) {
                said.takeWhile(line -> !line.contains("</form>")).forEach(lines::add);
            }
            Assertions.assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
            Assertions.assertThat(lines).startsWith("retry: 3000", "event: beat", "data:", "", "event: part");
            Assertions.assertThat(lines.subList(5, lines.size())).allMatch(line -> line.startsWith("data: "));
            Assertions.assertThat(lines).noneMatch(line -> line.contains("<img"));
        }
    }

    /** Pages that show what changes. */
    List<String> LIVE = List.of("/", "/queues", "/tasks", "/dead-letters", "/destinations", "/workers", "/system");

    @Test
    @Timeout(60)
    default void everyPageThatShowsWhatChangesIsToldIt() throws Exception {
        String name = queue();
        String task = submit(name);
        given().contentType("application/json")
                .body("{\"backends\":[{\"url\":\"http://127.0.0.1:9001/\"}]}")
                .put("/api/v1/destinations/" + name);
        List<String> pages = new ArrayList<>(LIVE);
        pages.addAll(List.of("/queues/" + name, "/tasks/" + task, "/destinations/" + name));
        try (Listener listener = new Listener()) {
            Map<String, HttpResponse<Stream<String>>> streams = new LinkedHashMap<>();
            for (String page : pages) {
                Matcher part =
                        PART.matcher(given().accept("text/html").get(page).asString());
                Assertions.assertThat(part.find()).as(page).isTrue();
                streams.put(" " + part.group(1) + " ", listener.listen(part.group(2)));
            }
            streams.forEach((id, answer) -> {
                try (Stream<String> said = answer.body()) {
                    Assertions.assertThat(said.anyMatch(line -> line.startsWith("data: <") && line.contains(id)))
                            .as(id)
                            .isTrue();
                }
            });
        }
    }

    @Test
    @Timeout(60)
    default void nobodyTakesAllStreams() throws Exception {
        try (Listener listener = new Listener()) {
            for (int i = 0; i < LiveStreams.PER_VISITOR; i++) {
                Assertions.assertThat(listener.listen("/workers").statusCode()).isEqualTo(200);
            }
            given().get("/live?page=/workers").then().statusCode(204).body(emptyString());
        }
    }

    @Test
    default void onlyPagesOfOursHaveStreams() {
        for (String page :
                List.of("", "https://evil.example", "//evil.example", "/login", "/queues/a/b", "/system/x")) {
            given().queryParam("page", page).get("/live").then().statusCode(404);
        }
        given().header("Sec-Fetch-Site", "cross-site")
                .get("/live?page=/")
                .then()
                .statusCode(403);
    }
}
