package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.millrace.queue.TaskFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be done to many tasks at once: they are counted first, and nothing happens before somebody agrees. */
interface BulkRules extends TaskFixture {
    private static Map<String, Integer> counts(String queue) {
        return given().get("/api/v1/queues/" + queue).jsonPath().getMap("counts");
    }

    private void assertCounts(String queue, String state, int count) {
        assertThat(counts(queue)).containsEntry(state, count);
    }

    private static void select(Page page, int... rows) {
        for (int row : rows) {
            page.locator("tbody input").nth(row).check();
        }
    }

    /** Says how many it is about, changes nothing until it is agreed to, and then says what it did. */
    private void agree(Page page, String queue, String verb, String what, String told) {
        Map<String, Integer> before = counts(queue);
        assertThat(page.locator(".confirm h1")).hasText(verb + " " + what + "?");
        assertThat(counts(queue)).isEqualTo(before);
        button(page, verb + " " + what).click();
        assertThat(page.locator(".notice")).hasText(what + told);
    }

    private void list(Page page, String queue, String filter) {
        page.navigate("/tasks?queue=" + queue + filter);
    }

    @Test
    default void whatIsSelectedIsCancelledRetriedAndDeleted() {
        for (Page page : List.of(page(), pageWithoutScripts())) {
            String queue = queue();
            submitMany(queue, 5);
            list(page, queue, "");
            button(page, "Cancel…").click();
            assertThat(page.locator(".notice-refused")).hasText("Select some tasks first.");
            select(page, 0, 3);
            button(page, "Cancel…").click();
            agree(page, queue, "Cancel", "2 tasks", " are cancelled.");
            assertThat(page.locator(".data .state-cancelled")).hasCount(2);
            assertThat(page.locator(".data .state-ready")).hasCount(3);
            list(page, queue, "&state=cancelled");
            select(page, 1);
            button(page, "Retry…").click();
            agree(page, queue, "Retry", "1 task", " is ready again.");
            list(page, queue, "&state=cancelled");
            select(page, 0);
            button(page, "Delete…").click();
            agree(page, queue, "Delete", "1 task", " is deleted.");
            assertCounts(queue, "ready", 4);
            assertCounts(queue, "cancelled", 0);
        }
    }

    @Test
    default void allThatMatchAreCancelledRetriedAndDeleted() {
        for (Page page : List.of(page(), pageWithoutScripts())) {
            String queue = queue();
            submitMany(queue, 70);
            submit(queue, "{'type':'other'}");
            all(page, queue, "&type=by-hand", "Cancel…");
            agree(page, queue, "Cancel", "70 tasks", " are cancelled.");
            all(page, queue, "&state=cancelled", "Retry…");
            agree(page, queue, "Retry", "70 tasks", " are ready again.");
            assertCounts(queue, "ready", 71);
            call("/tasks/actions", "{'action':'cancel','filter':{'queue':'" + queue + "','type':'by-hand'}}");
            all(page, queue, "&state=cancelled", "Delete…");
            agree(page, queue, "Delete", "70 tasks", " are deleted.");
            assertCounts(queue, "ready", 1);
            assertCounts(queue, "cancelled", 0);
        }
    }

    private void all(Page page, String queue, String filter, String button) {
        list(page, queue, filter);
        page.getByLabel("All that match").check();
        button(page, button).click();
    }

    /** One call of the store looks at so many and no more. */
    @Test
    default void allThatMatchAreReachedInAsManyStepsAsThatTakes() {
        String queue = queue();
        submitMany(queue, TaskFilter.WALK);
        submitMany(queue, 1);
        given().redirects()
                .follow(false)
                .header("Sec-Fetch-Site", "same-origin")
                .formParams(Map.of("queue", queue, "type", "by-hand", "action", "cancel", "scope", "all"))
                .post("/bulk")
                .then()
                .statusCode(303);
        assertCounts(queue, "cancelled", TaskFilter.WALK + 1);
        given().delete("/api/v1/queues/" + queue + "?force=true");
    }

    @Test
    default void whatAQueueCountsIsNotLookedFor() {
        String queue = queue();
        submitMany(queue, 70);
        dead(queue, "no route to 1");
        String bulk = "/bulk?queue=" + queue + "&action=";
        given().get(bulk + "cancel").then().body(containsString("Cancel 70 tasks?"));
        given().get(bulk + "cancel&state=ready").then().body(containsString("Cancel 70 tasks?"));
        given().get(bulk + "retry").then().body(containsString("Retry 1 task?"));
        given().get(bulk + "retry&state=ready").then().body(containsString("Nothing to do"));
    }

    @Test
    default void deadLettersAreLookedAtRetriedAndDeletedByGroup() {
        for (Page page : List.of(page(), pageWithoutScripts())) {
            String queue = queue();
            submitMany(queue, 6);
            List<String> tokens = lease(queue, 6);
            tokens.subList(0, 3).forEach(token -> fail(token, "no route to " + tokens.indexOf(token), false));
            tokens.subList(3, 5).forEach(token -> fail(token, "the disk is full", false));
            fail(tokens.getLast(), "something else", false);
            page.navigate("/dead-letters?queue=" + queue);
            reloadUntil(page, group(page, "something else"));
            assertThat(group(page, "no route").locator(".group-count")).hasText("3 dead");
            link(group(page, "something else"), "sample").click();
            assertThat(page.locator(".failure-panel")).containsText("something else");
            retryEdited(page, queue);
            page.navigate("/dead-letters?queue=" + queue);
            link(group(page, "the disk is full"), "Retry").click();
            agree(page, queue, "Retry", "2 tasks", " are ready again.");
            page.navigate("/dead-letters?queue=" + queue);
            link(group(page, "something else"), "Delete").click();
            agree(page, queue, "Delete", "1 task", " is deleted.");
            assertCounts(queue, "ready", 5);
            assertCounts(queue, "dead", 0);
            page.navigate("/dead-letters?queue=" + queue);
            assertThat(page.getByText("No dead letters")).isVisible();
            list(page, queue, "&state=ready&text=region");
            assertThat(page.locator("tbody tr")).hasCount(3);
        }
    }

    private static Locator group(Page page, String message) {
        return page.locator(".group").filter(new Locator.FilterOptions().setHasText(message));
    }

    /** A patch that is none is refused where it stands, and changes nothing. */
    private void retryEdited(Page page, String queue) {
        page.navigate("/dead-letters?queue=" + queue);
        link(group(page, "no route"), "Retry").click();
        page.getByText("Edit their payloads first").click();
        page.getByLabel("Merge patch").fill("{\"region\": eu}");
        button(page, "Retry 3 tasks").click();
        assertThat(page.locator("#patch-error")).containsText("Line 1, column ");
        assertCounts(queue, "dead", 6);
        page.getByLabel("Merge patch").fill("{\"region\": \"eu\", \"n\": null}");
        agree(page, queue, "Retry", "3 tasks", " are ready again.");
    }
}
