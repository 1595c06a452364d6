package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists of tasks, and what can be done to many at once. */
interface TaskListRules extends TaskFixture {
    @Test
    default void filterIsTheAddress() {
        String queue = queue();
        submit(queue, "{'type':'by-hand','payload':{'to':'ada@example.org'},'tags':['a'],'labels':{'tenant':'acme'}}");
        submit(queue, "{'type':'other','payload':{'to':'alan@example.org'},'tags':['b']}");
        Page page = page();
        page.navigate("/tasks?queue=" + queue);
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertAccessible(page);

        page.keyboard().press("/");
        page.keyboard().type("ADA@");
        page.keyboard().press("Enter");
        page.waitForURL("**text=ADA*");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator(".pager")).containsText("Looked at up to 10,000 tasks");

        for (String filter : List.of("tag=a", "label=tenant%3Dacme", "type=by-hand", "text=ada&state=ready")) {
            page.navigate("/tasks?queue=" + queue + "&" + filter);
            assertThat(page.locator("tbody tr")).hasCount(1);
        }
        page.navigate("/tasks?queue=" + queue + "&state=dead");
        assertThat(page.locator(".empty")).containsText("No task matches");
        page.navigate("/tasks?queue=Not+One&state=x&before=1h");
        assertThat(page.locator(".notice-refused")).hasCount(2);
    }

    @Test
    default void formKeepsAQueueThatIsNotThereYet() {
        Page page = pageWithoutScripts();
        String queue = queue();
        page.navigate("/tasks?queue=" + queue);
        assertThat(page.locator("select[name=queue]")).hasValue(queue);
    }

    @Test
    default void pagesGoThereAndBack() {
        String queue = queue();
        submitMany(queue, 130);
        Page page = pageWithoutScripts();
        page.navigate("/tasks?queue=" + queue);
        Set<String> seen = new HashSet<>();
        List<String> first = ids(page);
        seen.addAll(first);
        link(page, "Older").click();
        List<String> second = ids(page);
        seen.addAll(second);
        link(page, "Older").click();
        seen.addAll(ids(page));

        assertThat(seen).hasSize(130);
        assertThat(link(page, "Older")).hasCount(0);
        link(page, "Newer").click();
        assertThat(ids(page)).isEqualTo(second);
        link(page, "Newer").click();
        assertThat(ids(page)).isEqualTo(first);
        assertThat(link(page, "Newer")).hasCount(0);
    }

    private static List<String> ids(Page page) {
        assertThat(page.locator("tbody tr").first()).isVisible();
        return page.locator("tbody input").all().stream()
                .map(box -> box.getAttribute("value"))
                .toList();
    }

    @Test
    default void someAreSelectedAndTheSameIsDoneToThem() {
        String queue = queue();
        submitMany(queue, 5);
        Page page = pageWithoutScripts();
        page.navigate("/tasks?queue=" + queue);
        button(page, "Cancel…").click();
        assertThat(page.locator(".notice-refused")).hasText("Select some tasks first.");
        Locator boxes = page.locator("tbody input");
        boxes.nth(0).check();
        boxes.nth(3).check();
        button(page, "Cancel…").click();
        assertThat(page.locator("h1")).hasText("Cancel 2 tasks?");
        button(page, "Cancel 2 tasks").click();

        assertThat(page.locator(".notice")).hasText("2 tasks are cancelled.");
        assertThat(page.locator(".state-cancelled")).hasCount(2);
        assertThat(page.locator(".state-ready")).hasCount(3);
    }

    @Test
    default void allThatMatchAreCountedFirst() {
        String queue = queue();
        submitMany(queue, 70);
        submit(queue, "{'type':'other'}");
        Page page = page();
        page.navigate("/tasks?queue=" + queue + "&type=by-hand");
        page.getByLabel("All that match").check();
        button(page, "Cancel…").click();
        assertThat(page.locator("h1")).hasText("Cancel 70 tasks?");
        assertAccessible(page);
        picture(page, "confirm-many");
        button(page, "Cancel 70 tasks").click();

        assertThat(page.locator(".notice")).hasText("70 tasks are cancelled.");
        page.navigate("/tasks?queue=" + queue + "&state=ready");
        assertThat(page.locator("tbody tr")).hasCount(1);
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
    default void listShowsItselfAnew() {
        String queue = queue();
        submit(queue);
        Page page = page();
        page.navigate("/tasks?queue=" + queue);
        assertThat(page.locator("tbody tr")).hasCount(1);
        submit(queue);
        assertThat(page.locator("tbody tr")).hasCount(2);

        page.getByLabel("Select all on this page").check();
        assertThat(page.locator("tbody input:checked")).hasCount(2);
    }

    @Test
    default void theOneFailedTaskAmongAHundredThousandIsFoundAndRetried() {
        String queue = queue();
        for (int i = 0; i < 10; i++) {
            submitMany(queue, 10_000);
        }
        String failed = submit(queue, "{'type':'needle'}");
        String token = call("/queues/" + queue + "/leases", "{'types':['needle'],'worker':'me'}")
                .getString("leases[0].token");
        fail(token, "only this one", false);

        Page page = page();
        page.navigate("/");
        page.keyboard().press("d");
        page.waitForURL("**/dead-letters");
        Locator group = page.locator(".group").filter(new Locator.FilterOptions().setHasText(queue));
        assertThat(group).containsText("only this one");
        assertAccessible(page);
        group.locator(".group-count a").click();
        page.locator("tbody .name").click();
        page.waitForURL("**/tasks/" + failed);
        assertThat(page.locator(".failure-panel")).containsText("only this one");
        button(page, "Retry").click();
        assertThat(page.locator("#state")).hasText("ready");
    }

    @Test
    default void deadLettersAreRetriedByGroupWithAnEdit() {
        String queue = queue();
        for (int i = 0; i < 3; i++) {
            dead(queue, "no route to " + i);
        }
        dead(queue, "something else");
        Page page = page();
        page.navigate("/dead-letters?queue=" + queue);
        assertThat(page.locator(".group")).hasCount(2);
        picture(page, "dead-letters");
        Locator group = page.locator(".group").filter(new Locator.FilterOptions().setHasText("no route"));
        assertThat(group).containsText("3 dead");
        group.getByText("Retry").click();
        Locator dialog = page.locator("dialog[open]");
        assertThat(dialog).containsText("Retry 3 tasks?");
        dialog.getByText("Edit their payloads first").click();
        dialog.getByLabel("Merge patch").fill("{\"region\": \"eu\", \"n\": null}");
        assertAccessible(page);
        dialog.getByText("Retry 3 tasks", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.locator(".notice")).hasText("3 tasks are ready again.");
        page.navigate("/tasks?queue=" + queue + "&state=ready&text=region");
        assertThat(page.locator("tbody tr")).hasCount(3);
    }

    @Test
    default void deadLettersAreRetriedAndDeletedByGroupWithoutScripts() {
        String queue = queue();
        dead(queue, "no route to 1");
        dead(queue, "no route to 2");
        dead(queue, "something else");
        Page page = pageWithoutScripts();
        page.navigate("/dead-letters?queue=" + queue);
        Locator group = page.locator(".group").filter(new Locator.FilterOptions().setHasText("no route"));
        reloadUntil(page, group);
        group.getByText("Retry").click();
        assertThat(page.locator("h1")).hasText("Retry 2 tasks?");
        button(page, "Retry 2 tasks").click();
        assertThat(page.locator(".notice")).hasText("2 tasks are ready again.");
        page.navigate("/dead-letters?queue=" + queue);
        page.locator(".group").getByText("Delete").click();
        button(page, "Delete 1 task").click();
        assertThat(page.locator(".notice")).hasText("1 task is deleted.");
        page.navigate("/dead-letters?queue=" + queue);
        reloadUntil(page, page.getByText("No dead letters"));
    }
}
