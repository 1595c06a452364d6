package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing that a client sends becomes part of a page but as text. */
interface HostileRules extends TaskFixture {
    String MARKUP = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{|{config}|}${7*7}";

    /** It in a JSON string. */
    String QUOTED = MARKUP.replace("\"", "\\\"");

    @Test
    default void markupInEveryFieldOfAClientIsText() {
        String queue = queue();
        String mark = QUOTED.substring(0, 60);
        callRaw("/queues/" + queue + "/tasks", """
                {"type": "by-hand", "payload": {"%s": ["%s", "</textarea><script>alert(3)</script>"]},
                 "tags": ["%s"], "labels": {"%s": "%s"}, "unique": {"key": "%s"}, "maxAttempts": 9}""".formatted(QUOTED, QUOTED, mark, mark, mark, QUOTED));
        String id = id(queue);
        callRaw("/leases/" + lease(queue, 1).getFirst() + "/release", """
                {"delay": "PT0S", "reason": "%s"}""".formatted(QUOTED));
        String token =
                callRaw("/queues/" + queue + "/leases", """
                {"worker": "%s", "lease": "PT10M"}""".formatted(QUOTED)).getString("leases[0].token");
        callRaw("/leases/" + token + "/progress", """
                {"percent": 1, "message": "%s", "log": ["%s", "</li></ol><script>alert(4)</script>"]}""".formatted(QUOTED, QUOTED));
        see("/tasks/" + id, "/tasks?queue=" + queue);
        callRaw("/leases/" + token + "/fail", """
                {"type": "%s", "message": "%s", "retryable": false}""".formatted(mark, QUOTED));
        see("/tasks/" + id, "/tasks?queue=" + queue, "/dead-letters?queue=" + queue, "/tasks/" + id + "/edit");

        call("/tasks/" + id + "/retry", "");
        callRaw("/leases/" + lease(queue, 1).getFirst() + "/complete", "{\"result\": \"" + QUOTED + "\"}");
        see("/tasks/" + id);
    }

    private String id(String queue) {
        return io.restassured.RestAssured.given()
                .queryParam("queue", queue)
                .get("/api/v1/tasks")
                .jsonPath()
                .getString("items[0].id");
    }

    @Test
    default void markupInAnAddressIsText() {
        String encoded = java.net.URLEncoder.encode(MARKUP, java.nio.charset.StandardCharsets.UTF_8);
        see(
                "/tasks?text=" + encoded + "&tag=" + encoded + "&label=a%3D" + encoded + "&queue=" + encoded
                        + "&cursor=" + encoded + "&trail=" + encoded,
                "/new-task?queue=" + encoded + "&payload=" + encoded + "&labels=" + encoded,
                "/dead-letters?queue=" + encoded,
                "/bulk?action=retry&text=" + encoded);
    }

    private void see(String... paths) {
        Page page = page();
        page.onDialog(dialog -> {
            dialog.dismiss();
            throw new AssertionError("A script ran on " + page.url());
        });
        for (String path : paths) {
            page.navigate(path);
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.locator("img, main script")).hasCount(0);
            assertThat(
                            (List<?>)
                                    page.evaluate(
                                            "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                                                    + ".filter(a => a.name.startsWith('on') || /^javascript:/i.test(a.value)).map(a => a.name)"))
                    .as(path)
                    .isEmpty();
        }
    }
}
