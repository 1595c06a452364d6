package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.millrace.process.MillraceProcess;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has just started the program as it is packaged, and has nothing but a browser. */
@Tag("smoke")
class NewcomerIT implements TaskFixture {
    private static final int BATCH = 10_000;

    @TempDir
    Path directory;

    @AfterEach
    void forgetTheServer() {
        RestAssured.reset();
    }

    @Test
    void firstTaskIsFollowedAndTheOneThatFailedAmongAHundredThousandIsRetriedOnSqlite() {
        walk(MillraceProcess.start(directory));
    }

    @Test
    void firstTaskIsFollowedAndTheOneThatFailedAmongAHundredThousandIsRetriedOnRedis() {
        String redis = RedisServer.shared(Kind.PLAIN).uri();
        walk(MillraceProcess.start(directory, Map.of("MILLRACE_REDIS_PREFIX", queue()), "--redis", redis));
    }

    private void walk(MillraceProcess started) {
        try (started) {
            RestAssured.port = started.port();
            Page page = page();
            submitTheFirst(page);
            retryTheOneThatFailed(page);
            // Before the server ends, which the page would complain of.
            nothingWasComplainedOf();
        }
    }

    private void submitTheFirst(Page page) {
        page.navigate("/");
        assertThat(page.locator(".empty h2").first()).hasText("Nothing was submitted yet");
        link(page, "Submit one here").click();
        field(page, "queue").fill("first");
        field(page, "type").fill("sleep");
        field(page, "payload").fill("{\"duration\": \"PT2S\"}");
        button(page, "Submit").click();
        page.waitForURL("**/tasks/*");
        page.evaluate("window.neverLoadedAgain = true");
        assertThat(page.locator("#state")).hasText("succeeded");
        assertThat(page.evaluate("window.neverLoadedAgain")).isEqualTo(true);
    }

    private void retryTheOneThatFailed(Page page) {
        for (int i = 0; i < 5; i++) {
            submitMany("first", BATCH);
        }
        String failed = submit("first", "{'type':'sleep','payload':{'duration':'2 seconds'}}");
        for (int i = 0; i < 5; i++) {
            submitMany("first", BATCH);
        }
        page.waitForCondition(() -> "dead".equals(stateOf(failed)));
        page.navigate("/");
        page.keyboard().press("d");
        assertThat(page.locator(".group")).containsText("duration must be an ISO-8601 duration");
        page.locator(".group-count a").click();
        page.locator("tbody .name").click();
        page.waitForURL("**/tasks/" + failed);
        assertThat(page.locator(".failure-panel")).containsText("such as PT1S");
        link(page, "Edit and retry").click();
        assertThat(field(page, "payload")).hasValue("{\"duration\":\"2 seconds\"}");
        field(page, "payload").fill("{\"duration\": \"PT0.1S\"}");
        button(page, "Retry with this payload").click();
        assertThat(page.locator("#state")).hasText("succeeded");
        page.navigate("/dead-letters");
        assertThat(page.getByText("No dead letters")).isVisible();
    }
}
