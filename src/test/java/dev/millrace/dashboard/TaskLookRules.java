package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The pages of tasks on a phone, in the dark and without scripts; the store makes no difference to that. */
interface TaskLookRules extends TaskFixture {
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
        link(page, "Cancel").click();
        button(page, "Cancel the task").click();
        assertThat(page.locator("#state")).hasText("cancelled");
        link(page, "Edit and retry").click();
        field(page, "payload").fill("{\"a\": 2,}");
        button(page, "Retry with this payload").click();
        assertThat(page.locator("#payload-error")).containsText("Line 1, column ");
        field(page, "payload").fill("{\"a\": 22}");
        button(page, "Retry with this payload").click();
        assertThat(page.locator("#state")).hasText("ready");
        assertThat(page.locator("#json-payload")).containsText("22");
    }

    @Test
    default void taskFitsAPhoneAndTheDark() {
        String id = dead(queue(), "x".repeat(300));
        Page phone = phone();
        phone.navigate("/tasks/" + id);
        assertFits(phone);
        picture(phone, "task-phone");
        Page dark = darkPage();
        dark.navigate("/tasks/" + id);
        assertAccessible(dark);
        picture(dark, "task-dark");
    }

    @Test
    default void listsFitAPhoneAndTheDark() {
        String queue = queue();
        dead(queue, "no answer from smtp.example.org:587 within 8300 ms");
        submitMany(queue, 8);
        lease(queue, 2);
        Page phone = phone();
        phone.navigate("/tasks?queue=" + queue);
        assertFits(phone);
        picture(phone, "tasks-phone");
        phone.navigate("/dead-letters?queue=" + queue);
        assertFits(phone);
        picture(phone, "dead-letters-phone");
        phone.navigate("/new-task");
        assertFits(phone);
        Page dark = darkPage();
        dark.navigate("/tasks?queue=" + queue);
        assertAccessible(dark);
        picture(dark, "tasks-dark");
    }
}
