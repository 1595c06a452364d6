package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Page;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Pages in sight are told what changes, whatever the store. */
interface LiveRules extends TaskFixture {
    static LiveStreams streams() {
        return CDI.current().select(LiveStreams.class).get();
    }

    static void awaitStreams(Page page, int count) {
        page.waitForCondition(() -> streams().count() == count);
    }

    /** Counts what the page asks for by itself. */
    private static AtomicInteger asking(Page page) {
        AtomicInteger asked = new AtomicInteger();
        page.onRequest(request -> asked.addAndGet(request.headers().containsKey("hx-request") ? 1 : 0));
        return asked;
    }

    private static String destination(String... backends) {
        return "{\"backends\":["
                + Stream.of(backends).map(url -> "{\"url\":\"" + url + "\"}").collect(Collectors.joining(",")) + "]}";
    }

    private static void put(String name, String destination, int status) {
        given().contentType("application/json")
                .body(destination)
                .put("/api/v1/destinations/" + name)
                .then()
                .statusCode(status);
    }

    @Test
    default void pagesAreToldWhatChangedWithoutAsking() {
        String queue = queue();
        submit(queue);
        put(queue, destination("http://127.0.0.1:9001/"), 201);
        Page queues = page();
        queues.navigate("/queues?q=" + queue);
        Page letters = page();
        letters.navigate("/dead-letters?queue=" + queue);
        Page backends = page();
        backends.navigate("/destinations/" + queue);
        List<AtomicInteger> asked = List.of(asking(queues), asking(letters), asking(backends));
        awaitStreams(queues, 3);

        submit(queue);
        put(queue, destination("http://127.0.0.1:9001/", "http://127.0.0.1:9002/"), 200);
        assertThat(queues.locator("tbody tr td").nth(1)).hasText("2");
        assertThat(backends.locator("#destination td.mono").nth(1)).hasText("http://127.0.0.1:9002/");
        fail(lease(queue, 1).getFirst(), "no route", false);
        assertThat(letters.locator(".group-count")).hasText("1 dead");
        assertThat(queues.locator("tbody tr td").nth(1)).hasText("1");
        for (Page page : List.of(queues, letters, backends)) {
            assertThat(page.locator("#live")).hasText("Live");
        }
        Assertions.assertThat(asked).allMatch(count -> count.get() == 0);
    }

    @Test
    default void whatIsGoneIsSaidToBeGone() {
        String queue = queue();
        submit(queue);
        put(queue, destination("http://127.0.0.1:9001/"), 201);
        Page page = page();
        page.navigate("/queues/" + queue);
        Page other = page();
        other.navigate("/destinations/" + queue);
        awaitStreams(page, 2);
        given().delete("/api/v1/queues/" + queue + "?force=true").then().statusCode(204);
        given().delete("/api/v1/destinations/" + queue).then().statusCode(204);
        assertThat(page.locator("#live")).hasText("Not there any more");
        assertThat(other.locator("#live")).hasText("Not there any more");
    }
}
