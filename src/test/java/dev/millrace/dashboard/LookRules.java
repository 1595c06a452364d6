package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every page with nothing on it and in the middle of a day: in light, in dark and on a phone, for everyone to use. */
interface LookRules extends BrowserFixture {
    Set<String> ON_A_PHONE = Set.of("overview", "queues", "tasks", "task", "dead-letters", "destination", "workers");

    /** What a page says that has nothing to show, and what it leads to. */
    Map<String, String> EMPTY = Map.of(
            "/", "Nothing was submitted yet",
            "/queues", "No queue yet",
            "/tasks", "No tasks yet",
            "/dead-letters", "No dead letters",
            "/destinations", "No destination yet");

    /** Pictures are made of one store: the other's look the same. */
    default void picture(Page page, String name, boolean wanted) {
        if (wanted) {
            picture(page, name);
        }
    }

    default boolean pictured() {
        return false;
    }

    /** Pages that are looked at in dark colours too: of each kind of thing on them, one. */
    default Set<String> inTheDark() {
        return Set.of("overview", "task");
    }

    /** A day that the queues did not have, for the charts. */
    default void remember() {}

    /** Signs in where one has to. */
    default void enter(Page page) {
        page.navigate("/");
    }

    private static void copySession(Page from, Page to) {
        List<Cookie> session = from.context().cookies();
        session.forEach(cookie -> cookie.setUrl(from.url()).setDomain(null).setPath(null));
        to.context().addCookies(session);
    }

    private static void clear() {
        for (String kind : List.of("queues", "destinations")) {
            List<String> names = given().get("/api/v1/" + kind + "?limit=500")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("items.name");
            names.forEach(name -> given().delete("/api/v1/" + kind + "/" + name + "?force=true")
                    .then()
                    .statusCode(204));
        }
    }

    @Test
    default void pagesWithNothingOnThemTeachTheNextStep() {
        clear();
        SoftAssertions flaws = new SoftAssertions();
        Page page = page();
        enter(page);
        EMPTY.forEach((path, said) -> {
            page.navigate(path);
            assertThat(page.locator(".empty h2").first()).hasText(said);
            flaws.check(() -> assertAccessible(page));
            flaws.check(() -> assertFits(page));
            picture(page, "empty-" + (path.length() == 1 ? "overview" : path.substring(1)), pictured());
        });
        flaws.assertAll();
    }

    @Test
    default void everyPageIsFitToBeSeen() {
        clear();
        Page page = page();
        enter(page);
        // No page is open meanwhile that would look at minutes before they are written.
        page.navigate("/system");
        Demo demo = new Demo();
        try {
            lookAtAll(page, pages(demo.play(this::remember)));
        } finally {
            demo.end();
        }
    }

    private void lookAtAll(Page page, Map<String, String> pages) {
        Page dark = darkPage();
        Page phone = phone();
        List.of(dark, phone).forEach(other -> copySession(page, other));
        SoftAssertions flaws = new SoftAssertions();
        pages.forEach((name, path) -> {
            look(page, name, path, flaws);
            if (inTheDark().contains(name)) {
                dark.navigate(path);
                picture(dark, name + "-dark", pictured());
                flaws.check(() -> assertContrast(dark));
            }
            phone.navigate(path);
            flaws.check(() -> assertFits(phone));
            picture(phone, name + "-phone", pictured() && ON_A_PHONE.contains(name));
        });
        page.navigate("/");
        flaws.check(() -> assertThat(page.locator(".problems")).containsText("Dead letters are rising"));
        flaws.assertAll();
    }

    private void look(Page page, String name, String path, SoftAssertions flaws) {
        page.navigate(path);
        picture(page, name, pictured());
        flaws.check(() -> assertFits(page));
        // It is the overview but for the words below its charts.
        if (!name.equals("overview-day")) {
            flaws.check(() -> assertAccessible(page));
        }
    }

    private static Map<String, String> pages(String failed) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/");
        pages.put("overview-day", "/?range=day");
        pages.put("queues", "/queues");
        pages.put("queue", "/queues/webhooks");
        pages.put("queue-settings", "/queues/webhooks/settings");
        pages.put("queue-purge", "/queues/webhooks/purge");
        pages.put("queue-delete", "/queues/webhooks/delete");
        pages.put("tasks", "/tasks");
        pages.put("task", "/tasks/" + failed);
        pages.put("task-cancel", "/tasks/" + failed + "/cancel");
        pages.put("confirm-many", "/bulk?action=retry&queue=webhooks&state=dead");
        pages.put("new-task", "/new-task");
        pages.put("dead-letters", "/dead-letters");
        pages.put("destinations", "/destinations");
        pages.put("destination", "/destinations/orders");
        pages.put("destination-settings", "/destinations/orders/settings");
        pages.put("new-destination", "/new-destination");
        pages.put("destination-delete", "/destinations/orders/delete");
        pages.put("workers", "/workers");
        pages.put("system", "/system");
        return pages;
    }
}
