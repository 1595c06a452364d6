package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Nobody needs a mouse, or eyes. */
interface KeyboardRules extends TaskFixture {
    /** Knows how many tasks the first queue has in what the server told last, once the page dealt with it. */
    String HEARD = """
        window.asked = 0;
        window.heard = null;
        EventSource.prototype.addEventListener = function (type, listener) {
          EventTarget.prototype.addEventListener.call(this, type, event => {
            listener(event);
            if (type !== 'part') return;
            const told = new DOMParser().parseFromString(event.data, 'text/html');
            heard = told.querySelectorAll('tbody tr td')[1].textContent.trim();
          });
        };\
        """;

    /** Pixels between the first time below the first chart and the middle of the bar of that time. */
    String OFF_ITS_BAR = """
        () => {
          const clock = { hour: '2-digit', minute: '2-digit' };
          const said = (bar) => new Date(bar.dataset.at).toLocaleTimeString('en-GB', clock);
          const time = document.querySelector('.chart-times text').textContent;
          const bars = [...document.querySelector('.chart-plot').querySelectorAll('[data-at]')];
          const { left, width } = bars.find((bar) => said(bar) === time).getBoundingClientRect();
          const tick = document.querySelector('.chart-times line').getBoundingClientRect();
          return 0.001 + Math.abs(left + width / 2 - tick.left);
        }\
        """;

    private String filledQueue() {
        String queue = queue();
        submit(queue);
        return queue;
    }

    @Test
    default void theKeyboardLeadsEverywhere() {
        Page page = page();
        page.navigate("/");
        page.keyboard().press("q");
        assertThat(page).hasTitle("Queues · Millrace");
        assertThat(page.locator(".environment")).hasCount(0);
        page.keyboard().press("/");
        assertThat(page.getByPlaceholder("Find a queue")).isFocused();
        page.keyboard().press("Escape");
        page.locator("h1").click();
        page.keyboard().press("w");
        assertThat(page).hasTitle("Workers · Millrace");
        page.keyboard().press("Shift+?");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        assertAccessible(page);
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        page.keyboard().press("p");
        assertThat(page.locator("#live")).hasText("Paused");
    }

    @Test
    default void chartsTellTheirFiguresToTheKeyboardToo() {
        Page page = page();
        page.navigate("/");
        Locator tip = page.locator(".tip");
        page.locator(".chart-plot").first().focus();
        page.keyboard().press("ArrowLeft");
        assertThat(tip).containsText("succeeded");
        String last = tip.textContent();
        page.keyboard().press("ArrowLeft");
        assertThat(tip).not().hasText(last);
        assertThat(page.locator("#announce")).containsText("succeeded");
        page.keyboard().press("Tab");
        assertThat(tip).isHidden();
    }

    /** Whoever hears the page is told what they did, not each of its updates. */
    @Test
    default void nothingIsSaidAloudWhenAPageShowsItselfAnew() {
        Page page = page();
        page.navigate("/workers");
        page.evaluate("""
            () => {
              window.said = [];
              window.rounds = 0;
              new MutationObserver(all => all.forEach(one => {
                const element = one.target.closest ? one.target : one.target.parentElement;
                if (element?.closest('[aria-live], [role=status], [role=alert]')) said.push(element.textContent);
              })).observe(document.body, { subtree: true, childList: true, characterData: true });
              document.body.addEventListener('htmx:afterSettle', () => { rounds += 1; });
            }\
            """);
        page.waitForCondition(() -> {
            comeBack(page);
            return (int) page.evaluate("rounds") > 2;
        });
        assertThat((List<?>) page.evaluate("said")).isEmpty();
    }

    @Test
    default void skipLinkComesFirst() {
        Page page = page();
        page.navigate("/workers");
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to content")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
    }

    @Test
    default void nothingMovesUnderTheKeyboard() {
        String queue = filledQueue();
        Page page = firstPage(); // its script is not for pages of other tests
        page.addInitScript(HEARD);
        page.navigate("/queues?q=" + queue);
        page.locator("tbody a").first().press("Tab");
        page.waitForCondition(
                () -> (boolean) page.evaluate("document.querySelector('[data-live] :focus-visible') !== null"));
        page.evaluate("document.body.addEventListener('htmx:beforeRequest', () => { asked += 1; })");
        submit(queue);
        comeBack(page);
        page.waitForCondition(() -> "2".equals(page.evaluate("heard")));
        Assertions.assertThat(page.evaluate("asked")).isEqualTo(0);
        Assertions.assertThat(page.locator("tbody tr td").nth(1).textContent().strip())
                .isEqualTo("1");
        page.evaluate("document.activeElement.blur()");
        assertThat(page.locator("tbody tr td").nth(1)).hasText("2");
        Assertions.assertThat(page.locator("#queues").getAttribute("data-counts"))
                .contains("tasks=" + page.locator("#count-tasks").textContent());
    }

    /** As if the page had been out of sight. */
    private static void comeBack(Page page) {
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    }

    /** What the next tabs lead to, by how it is called. */
    private static void tabTo(Page page, String name) {
        String focused = "(e => e.getAttribute('aria-label') ?? e.textContent.trim())(document.activeElement)";
        for (int i = 0; i < 60 && !name.equals(page.evaluate(focused)); i++) {
            page.keyboard().press("Tab");
        }
        Assertions.assertThat(page.evaluate(focused)).isEqualTo(name);
    }

    @Test
    default void theKeyboardAloneActsAndPutsQuestionsAside() {
        String queue = filledQueue();
        Page page = page();
        page.navigate("/queues?q=" + queue);
        assertThat(page.getByLabel("Pause " + queue)).isVisible();
        tabTo(page, "Pause " + queue);
        page.keyboard().press("Enter");
        assertThat(page.locator(".notice")).containsText("is paused");
        given().get("/api/v1/queues/" + queue).then().body("paused", equalTo(true));
        page.navigate("/queues/" + queue);
        tabTo(page, "Delete…");
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("Type")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(page.getByText("Delete…")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("Type")).isFocused();
        page.keyboard().type(queue);
        page.keyboard().press("Enter");
        assertThat(page.locator(".notice")).containsText("was deleted");
        given().get("/api/v1/queues/" + queue).then().statusCode(404);
    }

    /** A full hour in India is half past one in UTC. */
    @Test
    default void timesBelowChartsAreRoundForWhoeverLooks() {
        Page page = firstPageIn("Asia/Kolkata");
        page.navigate("/?range=day");
        Locator times = page.locator("[aria-labelledby=h-throughput] .chart-times text");
        assertThat(times.allTextContents()).hasSizeBetween(3, 4).allMatch(time -> time.matches("(00|06|12|18):00"));
        assertThat((double) page.evaluate(OFF_ITS_BAR)).isLessThan(1);
    }
}
