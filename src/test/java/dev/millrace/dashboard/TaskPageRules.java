package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** One task: what is shown of it, and what can be done to it. */
interface TaskPageRules extends TaskFixture {
    @Test
    default void newcomerSubmitsATaskAndFollowsItToItsEnd() {
        Page page = page();
        page.navigate("/tasks");
        page.keyboard().press("n");
        page.waitForURL("**/new-task*");
        assertAccessible(page);
        field(page, "queue").fill(queue());
        field(page, "type").fill("echo");
        field(page, "payload").fill("{\"hello\": \"world\",\n \"big\": 12345678901234567890.10,,}");
        assertThat(page.locator("#payload-error")).containsText("Line 2, column 33");
        field(page, "payload").fill("{\"hello\": \"world\",\n \"big\": 12345678901234567890.10}");
        assertThat(page.locator("#payload-error")).isEmpty();
        picture(page, "new-task");
        button(page, "Submit").click();

        page.waitForURL("**/tasks/*");
        assertThat(page.locator("#state")).hasText("succeeded");
        assertThat(page.locator("#json-result .json-number")).hasText("12345678901234567890.10");
        assertThat(page.locator(".notice")).hasText("The task is submitted.");
        assertAccessible(page);
        picture(page, "task-succeeded");
    }

    @Test
    default void pageSaysWhyATaskWaits() {
        String queue = queue();
        String first = submit(queue);
        String second = submit(queue);
        Page page = page();

        page.navigate("/tasks/" + second);
        assertThat(page.locator(".wait").first()).containsText("1 task goes first");
        call("/queues/" + queue + "/pause", "");
        refresh(page);
        assertThat(page.locator(".wait").first()).containsText("The queue is paused");
        assertAccessible(page);
        call("/queues/" + queue + "/resume", "");
        given().contentType("application/json").body("{\"concurrency\":1}").patch("/api/v1/queues/" + queue);
        String token = lease(queue, 1).getFirst();
        refresh(page);
        assertThat(page.locator(".wait").first()).containsText("1 task of the queue runs, and no more may at once");
        fail(token, "no luck", true);
        refresh(page);
        assertThat(page.locator(".wait").first()).containsText("It is next");

        page.navigate("/tasks/" + first);
        assertThat(page.locator(".wait")).containsText("Attempt 1 of 5 failed; the next is due");
        button(page, "Run now").click();
        assertThat(page.locator("#state")).hasText("ready");
    }

    @Test
    default void pageFollowsARunningTaskToItsEnd() {
        String queue = queue();
        String id = submit(queue);
        Page page = page();
        page.navigate("/tasks/" + id);
        String token = lease(queue, 1).getFirst();
        call("/leases/" + token + "/progress", "{'percent':40,'message':'Halfway','log':['first line','second line']}");
        assertThat(page.locator("#state")).hasText("running");
        assertThat(page.locator(".wait")).containsText("Worker me runs it");
        assertThat(page.locator("progress")).hasAttribute("value", "40");
        assertThat(page.locator(".log li")).hasCount(2);
        picture(page, "task-running");
        call("/leases/" + token + "/complete", "{'result':{'ok':true}}");
        refresh(page);
        assertThat(page.locator("#state")).hasText("succeeded");
        assertThat(page.locator("#json-result")).containsText("ok");
    }

    @Test
    default void deadTaskIsUnderstoodAndRetried() {
        String queue = queue();
        String id = dead(queue, "the disk is on fire");
        Page page = page();
        page.navigate("/tasks/" + id);
        assertThat(page.locator(".failure-panel")).containsText("the disk is on fire");
        assertThat(page.locator(".run")).hasCount(1);
        assertThat(page.locator(".timeline-step")).hasCount(3);
        assertAccessible(page);
        picture(page, "task-dead");

        button(page, "Retry").click();
        assertThat(page.locator("#state")).hasText("ready");
        link(page, "Cancel").click();
        assertThat(page.locator("dialog[open]")).containsText("Cancel this task?");
        link(page, "Keep it").click();
        assertThat(page.locator("dialog[open]")).hasCount(0);
        link(page, "Cancel").click();
        button(page, "Cancel the task").click();
        assertThat(page.locator("#state")).hasText("cancelled");
        link(page, "Delete").click();
        button(page, "Delete the task").click();
        assertThat(page.locator(".notice")).containsText("is deleted");
        assertThat(stateOf(id)).isNull();
    }

    @Test
    default void whatChangedMeanwhileIsNotOverwritten() {
        String queue = queue();
        String id = dead(queue, "broken");
        Page page = page();
        page.navigate("/tasks/" + id + "/edit");
        call("/tasks/" + id + "/retry", "");
        fail(lease(queue, 1).getFirst(), "broken again", false);
        button(page, "Retry with this payload").click();

        assertThat(page.locator(".notice-refused")).containsText("changed since");
        assertThat(stateOf(id)).isEqualTo("dead");
    }
}
