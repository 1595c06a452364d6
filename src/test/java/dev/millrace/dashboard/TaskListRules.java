package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists of tasks: what they are found by, and their pages. */
interface TaskListRules extends TaskFixture {
    @Test
    default void filterIsTheAddress() {
        String queue = queue();
        submit(queue, "{'type':'by-hand','payload':{'to':'ada@example.org'},'tags':['a'],'labels':{'tenant':'acme'}}");
        submit(queue, "{'type':'other','payload':{'to':'alan@example.org'},'tags':['b']}");
        Page page = page();
        page.navigate("/tasks?queue=" + queue);
        assertThat(page.locator("tbody tr")).hasCount(2);

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
    default void timesAreFilteredByTheBar() {
        String queue = queue();
        String early = submit(queue);
        String late = submit(queue);
        while (createdAt(late).equals(createdAt(early))) {
            late = submit(queue);
        }
        for (Page page : List.of(page(), pageWithoutScripts())) {
            page.navigate("/tasks?queue=" + queue);
            page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
            filterTimes(page, createdAt(late), "");
            assertThat(page.locator("tbody input")).hasValue(late);
            assertThat(page.getByLabel("Created after")).hasValue(createdAt(late));
            filterTimes(page, "1h", createdAt(late));
            assertThat(page.locator("tbody input[value='" + late + "']")).hasCount(0);
            assertThat(page.locator("tbody input[value='" + early + "']")).hasCount(1);
            filterTimes(page, "", "1h");
            assertThat(page.locator(".empty")).containsText("No task matches");
            filterTimes(page, "soon", "");
            assertThat(page.locator(".notice-refused")).containsText("After must be a time such as");
            assertThat(page.getByLabel("Created after")).hasValue("soon");
        }
    }

    private static String createdAt(String id) {
        return given().get("/api/v1/tasks/" + id).jsonPath().getString("createdAt");
    }

    private void filterTimes(Page page, String after, String before) {
        page.getByLabel("Created after").fill(after);
        page.getByLabel("Created before").fill(before);
        button(page, "Filter").click();
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
}
