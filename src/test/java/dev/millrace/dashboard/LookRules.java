package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every page with nothing on it and in the middle of a day: in light and in dark, on a desk and on a phone, for everyone to use. */
interface LookRules extends BrowserFixture {
    /** What a page says that has nothing to show, and what it leads to. */
    Map<String, String> EMPTY = Map.of(
            "/", "Nothing was submitted yet",
            "/queues", "No queue yet",
            "/tasks", "No tasks yet",
            "/dead-letters", "No dead letters",
            "/destinations", "No destination yet");

    /** All that can be opened is; of rows and columns that are like the ones before there are a few only. */
    String UNFOLD = "document.querySelectorAll('main details').forEach(part => part.open = true);"
            + "document.querySelectorAll('tbody tr:nth-child(n + 9), .chart-plot g:nth-of-type(n + 4)')"
            + ".forEach(more => more.remove())";

    /** Would be said aloud with each update. */
    String CHATTER = "[data-live] :is([aria-live], [role=status], [role=alert])";

    /** Would be there for the mouse alone. */
    String OUT_OF_REACH = "main :is(a:not([href]), [tabindex='-1'], [role=button]:not(button))";

    /** In which they are looked at by the rules, too: they are made of the same templates whatever the store. */
    default List<Mode> modes() {
        return List.of(Mode.LIGHT);
    }

    /** Whether there is to be a picture of it: of one store, as the other's looks the same. */
    default boolean pictured(String name, Mode mode) {
        return false;
    }

    /** A day that the queues did not have, for the charts. */
    default void remember() {}

    /** Signs in where one has to. */
    default void enter(Page page) {
        page.navigate("/");
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
        Page page = firstPage();
        enter(page);
        EMPTY.forEach((path, said) -> {
            page.navigate(path);
            assertThat(page.locator(".empty h2").first()).hasText(said);
            look(page, "empty-" + (path.length() == 1 ? "overview" : path.substring(1)), flaws);
        });
        flaws.assertAll();
    }

    @Test
    default void everyPageIsFitToBeSeen() {
        clear();
        Page page = firstPage();
        enter(page);
        // No page is open meanwhile that would look at minutes before they are written.
        page.navigate("/system");
        Demo demo = new Demo();
        try {
            demo.play(this::remember);
            lookAtAll(page);
        } finally {
            demo.end();
        }
    }

    private void lookAtAll(Page page) {
        SoftAssertions flaws = new SoftAssertions();
        pages().forEach((name, path) -> {
            page.navigate(path);
            look(page, name, flaws);
        });
        page.navigate("/");
        flaws.check(() -> assertThat(page.locator(".problems")).containsText("Dead letters are rising"));
        fitsWhateverIsSaid(page, flaws);
        page.navigate("/system");
        fitsWhateverIsSaid(page, flaws);
        flaws.assertAll();
    }

    /** What is wrong is said with names that others chose. */
    private void fitsWhateverIsSaid(Page page, SoftAssertions flaws) {
        page.evaluate("document.querySelectorAll('.problem > span, .findings span:last-child')"
                + ".forEach(said => said.textContent = 'x'.repeat(200))");
        Mode.PHONE.show(page);
        flaws.check(() -> assertFits(page));
        Mode.LIGHT.show(page);
    }

    /** In every mode, without loading it again. */
    private void look(Page page, String name, SoftAssertions flaws) {
        for (Mode mode : modes()) {
            if (pictured(name, mode)) {
                mode.show(page);
                picture(page, name + mode.suffix());
            }
        }
        page.evaluate(UNFOLD);
        for (Mode mode : Mode.values()) {
            mode.show(page);
            flaws.check(() -> assertFits(page));
            if (modes().contains(mode)) {
                flaws.check(() -> assertAccessible(page, mode));
            }
        }
        Mode.LIGHT.show(page);
        flaws.check(() -> assertThat(page.locator(CHATTER)).hasCount(0));
        flaws.check(() -> assertThat(page.locator(OUT_OF_REACH)).hasCount(0));
    }

    /** By the name of its picture; last the overview again, which is the same but for the words below its charts. */
    private static Map<String, String> pages() {
        String failed = Demo.one("webhooks", "scheduled");
        String lines = """
            overview /
            queues /queues
            queue /queues/webhooks
            queue-settings /queues/webhooks/settings
            queue-purge /queues/webhooks/purge
            queue-delete /queues/webhooks/delete
            tasks /tasks
            task /tasks/%1$s
            task-dead /tasks/%2$s
            task-running /tasks/%3$s
            task-cancel /tasks/%1$s/cancel
            confirm-many /bulk?action=retry&queue=webhooks&state=dead
            new-task /new-task
            dead-letters /dead-letters
            destinations /destinations
            destination /destinations/orders
            destination-settings /destinations/orders/settings
            new-destination /new-destination
            destination-delete /destinations/orders/delete
            workers /workers
            worker-stop /workers/stop?node=%4$s
            system /system
            overview-day /?range=day
            """.formatted(failed, Demo.one("webhooks", "dead"), Demo.one("images", "running"), Demo.node());
        Map<String, String> pages = new LinkedHashMap<>();
        lines.lines().map(line -> line.split(" ")).forEach(page -> pages.put(page[0], page[1]));
        return pages;
    }
}
