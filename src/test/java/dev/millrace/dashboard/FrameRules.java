package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of every page. */
interface FrameRules extends BrowserFixture {
    List<String> PAGES = List.of(
            "/",
            "/queues",
            "/tasks",
            "/dead-letters",
            "/destinations",
            "/workers",
            "/system",
            "/new-task",
            "/new-destination");

    @Test
    default void everyPageIsProtectedAndNeverKept() {
        PAGES.forEach(FrameRules::assertPage);
        String name = "frame-" + UUID.randomUUID();
        assertPage("/tasks/" + made("POST", "queues/" + name + "/tasks", "{\"type\":\"by-hand\"}", "id"));
        assertPage("/queues/" + name);
        assertPage("/queues/" + name + "/settings");
        made("PUT", "destinations/" + name, "{\"backends\":[{\"url\":\"http://127.0.0.1:9001/\"}]}", "name");
        assertPage("/destinations/" + name);
        assertPage("/destinations/" + name + "/settings");
    }

    private static String made(String method, String path, String body, String member) {
        return given().contentType("application/json")
                .body(body)
                .request(method, "/api/v1/" + path)
                .then()
                .statusCode(201)
                .extract()
                .path(member);
    }

    private static void assertPage(String path) {
        assertProtectedAndNeverKept(path).then().contentType("text/html;charset=UTF-8");
    }

    static Response assertProtectedAndNeverKept(String path) {
        Response page = given().accept("text/html").get(path);
        page.then()
                .statusCode(200)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", containsString("no-store"))
                .header("Permissions-Policy", containsString("camera=()"));
        assertThat(page.header("Content-Security-Policy"))
                .as(path)
                .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self';", "style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(page.asString()).as(path).doesNotContain(" style=", " onclick=", "<script>", "javascript:");
        return page;
    }

    @Test
    default void theFirstLoadIsSmallAndStaysOnTheServer() {
        Page page = firstPage();
        page.navigate("/");
        page.waitForFunction("document.fonts.status === 'loaded' && document.readyState === 'complete'");
        Object bytes = page.evaluate("[...performance.getEntriesByType('navigation'),"
                + " ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.transferSize, 0)");
        assertThat(((Number) bytes).intValue()).isBetween(30_000, 150_000);
    }

    /** A browser in private, as tests have it, installs nothing: that may be all that is in the way. */
    @Test
    default void theDashboardCanBeInstalled() {
        Page page = page();
        page.navigate("/");
        CDPSession browser = page.context().newCDPSession(page);
        assertThat(browser.send("Page.getAppManifest").getAsJsonArray("errors")).isEmpty();
        assertThat(browser.send("Page.getInstallabilityErrors").getAsJsonArray("installabilityErrors"))
                .extracting(error -> error.getAsJsonObject().get("errorId").getAsString())
                .isSubsetOf("in-incognito");
        JsonPath manifest = given().get("/dashboard/manifest.webmanifest").jsonPath();
        assertThat(manifest.getList("icons.sizes")).contains("192x192", "512x512", "any");
        for (String icon : manifest.<String>getList("icons.src")) {
            given().get(icon).then().statusCode(200).contentType(startsWith("image/"));
        }
    }

    @Test
    default void theThemeThatWasChosenStays() {
        Page page = pageWithoutScripts();
        page.navigate("/queues");
        assertThat(page.locator("html")).hasAttribute("data-theme", "system");
        page.getByLabel("Theme is system").click();
        assertThat(page).hasTitle("Queues · Millrace");
        page.getByLabel("Theme is light").click();
        page.navigate("/workers");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }

    @Test
    default void aPageThatHearsNothingSaysSo() {
        Page page = page();
        page.route("**/live?*", Route::abort);
        page.navigate("/workers");
        assertThat(page.locator("#live")).hasText("Live");
        page.route("**/workers", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        askUntil(page, "No answer for");
        page.unroute("**/workers");
        page.route("**/workers", Route::abort);
        askUntil(page, "Disconnected for");
        page.unroute("**/workers");
        askUntil(page, "Live");
        Chromium.complaints();
    }

    /** It does not refuse what it is asked, and does not answer either. */
    @Test
    default void aPageSaysThatTheServerHangs() {
        Page page = firstPage();
        page.clock().install();
        page.route("**/live?*", Route::abort);
        page.navigate("/workers");
        assertThat(page.locator("#live")).hasText("Live");
        List<Route> held = new ArrayList<>();
        page.route("**/workers", held::add);
        waitUntil(page, "No answer for");
        assertThat(held).hasSize(1);
        page.unroute("**/workers");
        held.getFirst().abort();
        waitUntil(page, "Live");
        Chromium.complaints();
    }

    private static void waitUntil(Page page, String said) {
        page.waitForCondition(() -> {
            page.clock().fastForward(1000);
            return page.locator("#live").textContent().contains(said);
        });
    }

    private static void askUntil(Page page, String said) {
        page.waitForCondition(() -> {
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
            return page.locator("#live").textContent().contains(said);
        });
    }

    @Test
    default void whatIsNotThereHasAPageForPeopleAndAProblemForPrograms() {
        given().accept("text/html")
                .get("/nope")
                .then()
                .statusCode(404)
                .contentType("text/html;charset=UTF-8")
                .body(containsString("Nothing here"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
        given().accept("text/html").get("/queues/nobody").then().statusCode(404).body(containsString("No such queue"));
        given().get("/nope").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    }

    @Test
    default void addressesAreEscapedWhereTheyAreShown() {
        given().urlEncodingEnabled(false)
                .accept("text/html")
                .get("/%3Cscript%3Ealert(1)%3C/script%3E")
                .then()
                .statusCode(404)
                .body(not(containsString("<script>alert")));
        given().accept("text/html")
                .queryParam("q", "\"><script>alert(1)</script>")
                .get("/queues")
                .then()
                .statusCode(200)
                .body(not(containsString("<script>alert")));
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost:1"
    })
    default void otherSitesChangeNothing(String header, String value) {
        assertThat(Mutations.paths())
                .hasSizeGreaterThan(20)
                .allSatisfy(path -> given().redirects()
                        .follow(false)
                        .header(header, value)
                        .contentType("application/x-www-form-urlencoded")
                        .post(path)
                        .then()
                        .statusCode(403)
                        .body("detail", startsWith("Only the dashboard's own pages")));
        given().header(header, value).post("/theme").then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.nip.io", "192.0.2.1"})
    default void anOpenDashboardAnswersToTheMachinesOwnNamesOnly(String host) {
        given().header("Host", host).accept("text/html").get("/").then().statusCode(403);
    }

    @Test
    default void onlyOwnPagesAreLedTo() {
        for (String to :
                List.of("https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nX: y", "javascript:x")) {
            given().redirects()
                    .follow(false)
                    .formParam("theme", "dark")
                    .formParam("to", to)
                    .post("/theme")
                    .then()
                    .statusCode(303)
                    .header("Location", equalTo("/"));
        }
    }

    @Test
    default void workersAndSystemSayWhatIsThere() {
        Page page = pageWithoutScripts();
        page.navigate("/workers");
        assertThat(page.locator(".node").first()).containsText("worker");
        page.navigate("/system");
        assertThat(page.getByText("millrace.heartbeat")).hasCount(1);
        assertThat(page.locator("main")).containsText("breaker");
        assertThat(page.locator("main")).containsText("Durability");
    }
}
