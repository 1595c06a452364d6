package dev.millrace.dashboard;

import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Tasks to look at, made over the API by a client that is its own worker: the server's own handles no "by-hand". */
interface TaskFixture extends BrowserFixture {
    /** A queue of this test's own. */
    default String queue() {
        return "q-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Single quotes stand for double ones. */
    default JsonPath call(String path, String body) {
        return callRaw(path, body.replace('\'', '"'));
    }

    default JsonPath callRaw(String path, String body) {
        return given().basePath("/api/v1")
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .extract()
                .jsonPath();
    }

    default String submit(String queue, String body) {
        return call("/queues/" + queue + "/tasks", body).getString("id");
    }

    default String submit(String queue) {
        return submit(queue, "{'type':'by-hand','payload':{'n':1}}");
    }

    default void submitMany(String queue, int count) {
        call("/queues/" + queue + "/tasks/bulk", "[" + "{'type':'by-hand'},".repeat(count - 1) + "{'type':'by-hand'}]");
    }

    default List<String> lease(String queue, int max) {
        return call("/queues/" + queue + "/leases", "{'max':" + max + ",'worker':'me','lease':'PT10M'}")
                .getList("leases.token");
    }

    default void fail(String token, String message, boolean retryable) {
        call(
                "/leases/" + token + "/fail",
                "{'type':'Broken','message':'" + message + "','retryable':" + retryable + "}");
    }

    /** A task that failed for good. */
    default String dead(String queue, String message) {
        String id = submit(queue);
        fail(lease(queue, 1).getFirst(), message, false);
        return id;
    }

    default String stateOf(String id) {
        return given().get("/api/v1/tasks/" + id).jsonPath().getString("state");
    }

    default Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    default Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    default Locator link(Locator within, String name) {
        return within.getByRole(
                AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    default Locator field(Page page, String name) {
        return page.locator("[name=" + name + "]");
    }

    /** As the page does by itself every few seconds. */
    default void refresh(Page page) {
        page.evaluate("document.querySelectorAll('[data-live]').forEach(part => htmx.trigger(part, 'refresh'))");
    }
}
