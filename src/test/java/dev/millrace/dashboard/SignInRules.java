package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dashboard that has users. */
interface SignInRules extends BrowserFixture {
    private static RequestSpecification browser() {
        return given().redirects().follow(false).accept("text/html");
    }

    static String session(String name) {
        return browser()
                .formParam("name", name)
                .formParam("password", GuardedProfile.PASSWORD)
                .post("/login")
                .then()
                .statusCode(303)
                .extract()
                .cookie("millrace-session");
    }

    /** Signed in with that role. */
    static RequestSpecification browserOf(String name) {
        return browser().cookie("millrace-session", session(name));
    }

    static void queue(String name) {
        given().contentType("application/json")
                .body("{\"type\":\"by-hand\"}")
                .post("/api/v1/queues/" + name + "/tasks")
                .then()
                .statusCode(201);
    }

    private static void fill(Page page, String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    @Test
    default void whoIsNotSignedInIsAskedToAndThenLedOn() {
        for (Page page : List.of(page(), pageWithoutScripts())) {
            page.navigate("/queues?sort=dead");
            assertThat(page).hasTitle("Sign in · Millrace (staging)");
            fill(page, "viewer", "wrong");
            assertThat(page.locator(".notice")).containsText("do not go together");
            fill(page, "viewer", GuardedProfile.PASSWORD);
            assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/queues\\?sort=dead"));
            assertThat(page.locator(".environment")).hasText("staging");
            page.getByText("Sign out").click();
            assertThat(page).hasTitle("Sign in · Millrace (staging)");
            page.navigate("/queues");
            assertThat(page).hasTitle("Sign in · Millrace (staging)");
        }
    }

    @Test
    default void aSessionThatEndsWhileAPageIsOpenLeadsBackToThePage() {
        Page page = page();
        page.navigate("/queues?sort=dead&q=%C3%A4%26b");
        fill(page, "operator", GuardedProfile.PASSWORD);
        assertThat(page.locator("#live")).hasText("Live");
        page.context().clearCookies();
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(page).hasTitle("Sign in · Millrace (staging)");
        fill(page, "operator", GuardedProfile.PASSWORD);
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/queues\\?sort=dead&q=%C3%A4%26b"));
    }

    @Test
    default void theSignInPageIsProtectedAndNeverKept() {
        FrameRules.assertProtectedAndNeverKept("/login");
    }

    @Test
    default void theSignInPageIsAccessible() {
        Page page = page();
        page.navigate("/login");
        assertAccessible(page);
        picture(page, "login");
    }

    @Test
    default void theSessionIsForNoScriptAndNoOtherSite() {
        Page page = page();
        page.navigate("/login");
        fill(page, "viewer", GuardedProfile.PASSWORD);
        assertThat(page).hasTitle("Overview · Millrace (staging)");
        Cookie session = page.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("millrace-session"))
                .findFirst()
                .orElseThrow();
        assertThat(session.httpOnly).isTrue();
        assertThat(session.sameSite.name()).isEqualTo("STRICT");
        Response away = browser()
                .header("Host", "dash.example.org")
                .formParam("name", "viewer")
                .formParam("password", GuardedProfile.PASSWORD)
                .post("/login");
        assertThat(away.header("Set-Cookie")).containsIgnoringCase("; secure; httponly; samesite=strict");
    }

    @Test
    default void aViewerSeesAndChangesNothing() {
        queue("seen");
        String session = session("viewer");
        browser()
                .cookie("millrace-session", session)
                .get("/queues/seen")
                .then()
                .statusCode(200)
                .body(not(containsString("/pause")))
                .body(not(containsString("/purge")))
                .body(not(containsString("/settings")));
        for (String step : List.of("pause", "resume", "purge", "delete", "settings")) {
            browser()
                    .cookie("millrace-session", session)
                    .formParam("typed", "seen")
                    .formParam("what", "ended")
                    .post("/queues/seen/" + step)
                    .then()
                    .statusCode(403);
        }
        for (String step : List.of("purge", "delete", "settings")) {
            browser()
                    .cookie("millrace-session", session)
                    .get("/queues/seen/" + step)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    default void aViewerIsRefusedWhateverThereIsToChange() {
        String viewer = session("viewer");
        List<String> paths = Mutations.paths();
        assertThat(paths).hasSizeGreaterThan(20);
        for (String path : paths) {
            browser()
                    .cookie("millrace-session", viewer)
                    .formParam("id", "any")
                    .post(path)
                    .then()
                    .statusCode(403);
            browser().formParam("id", "any").post(path).then().statusCode(401);
        }
    }

    @Test
    default void everyPageSaysThatItIsHtmlInUtf8() {
        browser().get("/login").then().header("Content-Type", equalTo("text/html;charset=UTF-8"));
        String viewer = session("viewer");
        for (String path : FrameRules.PAGES) {
            browser()
                    .cookie("millrace-session", viewer)
                    .get(path)
                    .then()
                    .header("Content-Type", equalTo("text/html;charset=UTF-8"));
        }
    }

    @Test
    default void anOperatorPausesAndAnAdminConfigures() {
        queue("steered");
        String operator = session("operator");
        browser()
                .cookie("millrace-session", operator)
                .post("/queues/steered/pause")
                .then()
                .statusCode(303);
        browser()
                .cookie("millrace-session", operator)
                .formParam("maxDepth", "5")
                .post("/queues/steered/settings")
                .then()
                .statusCode(403);
        browser()
                .cookie("millrace-session", operator)
                .formParam("typed", "steered")
                .post("/queues/steered/delete")
                .then()
                .statusCode(403);
        browser()
                .cookie("millrace-session", session("admin"))
                .formParam("maxDepth", "5")
                .post("/queues/steered/settings")
                .then()
                .statusCode(303);
        given().get("/api/v1/queues/steered")
                .then()
                .body("config.maxDepth", equalTo(5))
                .body("paused", equalTo(true));
    }

    @Test
    default void withoutASessionNothingIsShownOrChanged() {
        queue("closed");
        for (String path : FrameRules.PAGES) {
            browser().get(path).then().statusCode(303).header("Location", containsString("/login?to="));
            given().get(path).then().statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
        }
        browser()
                .header("HX-Request", "true")
                .get("/queues")
                .then()
                .statusCode(200)
                .header("HX-Redirect", containsString("/login"))
                .body(equalTo(""));
        browser().post("/queues/closed/pause").then().statusCode(401);
        given().get("/api/v1/queues/closed").then().body("paused", equalTo(false));
    }

    @Test
    default void forgedSessionsAreNone() {
        String session = session("viewer");
        char last = session.charAt(session.length() - 2);
        String changed = session.substring(0, session.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + session.substring(session.length() - 1);
        for (String forged : List.of("", "x", changed, session.substring(4), session + "AAAA", "A".repeat(300))) {
            browser().cookie("millrace-session", forged).get("/queues").then().statusCode(303);
        }
        browser().cookie("millrace-session", session).get("/queues").then().statusCode(200);
    }
}
