package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One task: what is shown of it, and what can be done to it. */
interface TaskPageRules extends TaskFixture {
    @Test
    default void newcomerSubmitsATaskAndFollowsItToItsEnd() {
        Page page = page();
        page.navigate("/tasks");
        page.keyboard().press("n");
        page.waitForURL("**/new-task*");
        field(page, "queue").fill(queue());
        field(page, "type").fill("echo");
        field(page, "payload").fill("{\"hello\": \"world\",\n \"big\": 12345678901234567890.10,,}");
        assertThat(page.locator("#payload-error")).containsText("Line 2, column 33");
        field(page, "payload").fill("{\"hello\": \"world\",\n \"big\": 12345678901234567890.10}");
        assertThat(page.locator("#payload-error")).isEmpty();
        button(page, "Submit").click();

        page.waitForURL("**/tasks/*");
        assertThat(page.locator("#state")).hasText("succeeded");
        assertThat(page.locator("#json-result .json-number")).hasText("12345678901234567890.10");
        assertThat(page.locator(".notice")).hasText("The task is submitted.");
        assertAccessible(page);
    }

    @Test
    default void pageSaysThatTheRateOfTheQueueIsUsedUp() {
        String queue = queue();
        submit(queue);
        String second = submit(queue);
        given().contentType("application/json")
                .body("{\"rateLimit\":{\"limit\":3,\"per\":\"PT1H\"}}")
                .patch("/api/v1/queues/" + queue);
        lease(queue, 1);
        Page page = page();

        page.navigate("/tasks/" + second);

        assertThat(page.locator(".wait").first()).containsText("The queue's rate is used up; the next may start");
        assertThat(page.locator(".wait").first()).containsText("At most 3 tasks");
        assertThat(link(page, "Open the queue")).hasAttribute("href", "/queues/" + queue);
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
    default void everyStepOfATaskWorksWithoutScripts() {
        Page page = pageWithoutScripts();
        page.navigate("/tasks/" + submit(queue(), "{'type':'by-hand','delay':'PT1H'}"));
        button(page, "Run now").click();
        assertThat(page.locator("#state")).hasText("ready");
        link(page, "Cancel").click();
        button(page, "Cancel the task").click();
        assertThat(page.locator("#state")).hasText("cancelled");
        button(page, "Retry").click();
        assertThat(page.locator("#state")).hasText("ready");
        link(page, "Cancel").click();
        button(page, "Cancel the task").click();
        link(page, "Edit and retry").click();
        field(page, "payload").fill("{\"a\": 2,}");
        button(page, "Retry with this payload").click();
        assertThat(page.locator("#payload-error")).containsText("Line 1, column ");
        field(page, "payload").fill("{\"a\": 22}");
        button(page, "Retry with this payload").click();
        assertThat(page.locator("#json-payload")).containsText("22");
        link(page, "Cancel").click();
        button(page, "Cancel the task").click();
        link(page, "Delete").click();
        button(page, "Delete the task").click();
        assertThat(page.locator(".notice")).containsText("is deleted");
    }

    @Test
    default void formWorksWithoutScriptsAndSaysWhereItIsWrong() {
        Page page = pageWithoutScripts();
        page.navigate("/new-task");
        field(page, "queue").fill("No Queue");
        field(page, "payload").fill("{\n  \"a\": tru\n}");
        button(page, "Submit").click();

        assertThat(page.locator("#queue-error")).isVisible();
        assertThat(page.locator("#type-error")).hasText("This is needed.");
        assertThat(page.locator("#payload-error")).containsText("Line 2, column ");
        assertThat(field(page, "payload")).hasValue("{\n  \"a\": tru\n}");

        field(page, "queue").fill(queue());
        field(page, "type").fill("by-hand");
        field(page, "payload").fill("{\"a\": true}");
        button(page, "Submit").click();
        page.waitForURL("**/tasks/*");
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

    @Test
    default void whatIsCopiedIsExact() {
        String payload = "{\"n\": 12345678901234567890.10, \"to\": \"ada@example.org\"}";
        String queue = queue();
        String id = callRaw("/queues/" + queue + "/tasks", "{\"type\": \"by-hand\", \"payload\": " + payload + "}")
                .getString("id");
        Page page = firstPage();
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.navigate("/tasks/" + id);
        assertCopied(page, "task-id", id::equals);
        assertThat(page.locator("#announce")).hasText("Copied");
        assertCopied(page, "payload-text", payload::equals);
        assertCopied(page, "curl", text -> text.startsWith("curl ") && text.contains(payload));
        callRaw("/leases/" + lease(queue, 1).getFirst() + "/complete", "{\"result\": [" + payload + "]}");
        assertCopied(page, "result-text", ("[" + payload + "]")::equals);
    }

    @Test
    default void withoutScriptsNothingIsThereThatNeedsThem() {
        Page page = pageWithoutScripts();
        page.navigate("/tasks/" + submit(queue()));
        assertThat(page.locator("[data-js]:visible, #live:visible, #keys-button:visible"))
                .hasCount(0);
        page.getByText("submits the same task again").click();
        assertThat(page.locator("#curl")).containsText("curl ");
        page.navigate("/new-task");
        assertThat(page.locator("[data-js]:visible")).hasCount(0);
    }

    /** The button says so too, but not for long. */
    private static void assertCopied(Page page, String what, Predicate<String> expected) {
        page.locator("[data-copy=" + what + "]").click();
        page.waitForCondition(() -> expected.test((String) page.evaluate("navigator.clipboard.readText()")));
    }

    @Test
    default void timesAreThoseOfTheViewersZone() {
        String id = submit(queue());
        Instant created =
                Instant.parse(given().get("/api/v1/tasks/" + id).jsonPath().getString("createdAt"));
        for (String zone : List.of("Asia/Tokyo", "America/New_York")) {
            Page page = firstPageIn(zone);
            page.navigate("/tasks/" + id);
            assertThat(page.locator("dt:text-is('Created') + dd"))
                    .hasText(Pattern.compile(DateTimeFormatter.ofPattern("^d .* uuuu, HH:mm:ss$")
                            .format(created.atZone(ZoneId.of(zone)))));
        }
        Page plain = pageWithoutScripts();
        plain.navigate("/tasks/" + id);
        assertThat(plain.locator("dt:text-is('Created') + dd")).containsText("UTC");
    }

    @Test
    default void agesGoOnWhateverTheViewersClockSays() {
        String queue = queue();
        submit(queue);
        Page page = firstPage();
        page.clock().install(new Clock.InstallOptions().setTime("2020-01-01T00:00:00Z"));
        page.navigate("/tasks?queue=" + queue);
        page.keyboard().press("p");
        Locator age = page.locator("tbody time[data-ago]");
        assertThat(age).hasText(Pattern.compile("now|\\d+ s ago"));
        page.clock().fastForward("02:00:00");
        assertThat(age).hasText("2 h ago");
    }
}
