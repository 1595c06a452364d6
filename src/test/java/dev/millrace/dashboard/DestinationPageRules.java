package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The pages of destinations. */
interface DestinationPageRules extends BrowserFixture {
    String DESTINATIONS = "/api/v1/destinations/";

    private static String destination(String... urls) {
        String name = "hooks-" + UUID.randomUUID();
        given().contentType("application/json")
                .body(Map.of(
                        "backends",
                        List.of(urls).stream().map(url -> Map.of("url", url)).toList()))
                .put(DESTINATIONS + name)
                .then()
                .statusCode(201);
        return name;
    }

    private static void click(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static void expect(String name, String member, Object value) {
        given().get(DESTINATIONS + name).then().statusCode(200).body(member, equalTo(value));
    }

    @Test
    default void destinationIsMadeAndChangedWithoutScripts() {
        String name = "made-" + UUID.randomUUID();
        Page page = pageWithoutScripts();
        page.navigate("/destinations");
        page.getByText("New destination").click();
        page.locator("input[name=name]").fill(name);
        page.locator("input[name=url]").fill("ftp://example.org/");
        page.locator("input[name=concurrency]").fill("0");
        click(page, "Create");
        assertThat(page.locator("#url-error")).containsText("must start with https:// or http://");
        assertThat(page.locator("#concurrency-error")).containsText("1 to 10,000");
        page.locator("input[name=url]").fill("http://127.0.0.1:9000/tasks");
        page.locator("input[name=concurrency]").fill("8");
        page.locator("select[name=balance]").selectOption("adaptive");
        click(page, "Create");
        assertThat(page.locator("h1")).hasText(name);
        expect(name, "balance", "adaptive");
        expect(name, "concurrency", 8);
    }

    @Test
    default void settingsOfADestinationAreChanged() {
        String name = destination("http://127.0.0.1:9001/");
        Page page = pageWithoutScripts();
        page.navigate("/destinations/" + name);
        page.getByText("Change", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("input[name=concurrency]").fill("8");
        page.locator("input[name=rate]").fill("50");
        page.locator("input[name=open]").fill("2s");
        page.locator("input[name=checkPath]").fill("/healthz");
        click(page, "Save");
        assertThat(page.locator(".notice")).containsText("in force");
        expect(name, "concurrency", 8);
        expect(name, "rate", 50);
        expect(name, "breaker.open", "PT2S");
        expect(name, "healthCheck.path", "/healthz");
        expect(name, "backends[0].url", "http://127.0.0.1:9001/");
        page.navigate("/destinations/" + name + "/settings");
        assertThat(page.locator("input[name=open]")).hasValue("2s");
        page.locator("input[name=concurrency]").fill("");
        click(page, "Save");
        expect(name, "concurrency", 64);
    }

    @Test
    default void backendsAreAddedDrainedAndRemoved() {
        String name = destination("http://127.0.0.1:9001/");
        for (Page page : new Page[] {page(), pageWithoutScripts()}) {
            page.navigate("/destinations/" + name);
            page.getByLabel("URL").fill("http://127.0.0.1:9002/");
            page.getByLabel("Weight").fill("7");
            click(page, "Add");
            assertThat(page.locator(".notice")).containsText("with weight 7");
            expect(name, "backends[1].weight", 7);
            click(page, "Drain http://127.0.0.1:9002/");
            assertThat(page.locator(".notice")).containsText("gets nothing new");
            expect(name, "backends[1].draining", true);
            click(page, "Resume http://127.0.0.1:9002/");
            expect(name, "backends[1].draining", false);
            click(page, "Remove http://127.0.0.1:9002/");
            assertThat(page.locator(".notice")).containsText("was removed");
            expect(name, "backends.size()", 1);
            click(page, "Remove http://127.0.0.1:9001/");
            assertThat(page.locator(".notice")).containsText("is the last backend");
            page.getByLabel("URL").fill("http://169.254.169.254/");
            click(page, "Add");
            assertThat(page.locator(".notice")).containsText("must not be reached");
        }
    }

    @Test
    default void whatBackendsAnswerShowsUp() {
        try (DemoBackend backend = new DemoBackend(3)) {
            String name = destination(backend.url());
            for (int i = 0; i < 6; i++) {
                given().contentType("application/json")
                        .body("{\"type\":\"t\",\"maxAttempts\":1,\"destination\":\"" + name + "\"}")
                        .post("/api/v1/queues/q-" + name + "/tasks")
                        .then()
                        .statusCode(201);
            }
            Page page = page();
            page.navigate("/destinations/" + name);
            assertThat(page.locator("#h-errors").locator("xpath=../..")).containsText("answered 500");
            assertThat(page.locator("#destination tbody tr").first()).containsText(backend.url());
            page.navigate("/destinations?q=" + name);
            assertThat(page.locator("tbody tr")).containsText("closed");
        }
    }

    @Test
    default void destinationIsDeletedByItsName() {
        String name = destination("http://127.0.0.1:9001/");
        Page page = pageWithoutScripts();
        page.navigate("/destinations/" + name + "/delete");
        page.getByLabel("Type").fill("another");
        click(page, "Delete the destination");
        assertThat(page.locator("#fault")).containsText(name);
        page.getByLabel("Type").fill(name);
        click(page, "Delete the destination");
        assertThat(page.locator(".notice")).containsText("was deleted");
        given().get("/api/v1/destinations?limit=500").then().body("items.name", not(hasItem(name)));
    }
}
