package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotCaret;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What the rules of the dashboard need: a running server, and a browser that nothing may complain in. */
interface BrowserFixture {
    Path SCREENSHOTS = Path.of("target", "screenshots");
    long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** Of a desktop, in light colours; relative addresses are the server's. */
    default Page page() {
        return Chromium.page("desktop", options());
    }

    /** In a browser that was never here. */
    default Page firstPage() {
        return Chromium.firstPage(options());
    }

    /** The same of somebody who lives elsewhere. */
    default Page firstPageIn(String zone) {
        return Chromium.firstPage(options().setTimezoneId(zone));
    }

    default Page darkPage() {
        return Chromium.page("dark", options().setColorScheme(ColorScheme.DARK));
    }

    default Page pageWithoutScripts() {
        return Chromium.page("plain", options().setJavaScriptEnabled(false));
    }

    default Page phone() {
        return Chromium.page("phone", options().setViewportSize(390, 844));
    }

    private static Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setBaseURL("http://localhost:" + RestAssured.port)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")
                .setViewportSize(1360, 900)
                .setColorScheme(ColorScheme.LIGHT);
    }

    /** A picture of the whole page in {@code target/screenshots}. */
    default void picture(Page page, String name) {
        page.mouse().move(0, 0);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                // Hiding it takes an inline style, which htmx may meet.
                .setCaret(ScreenshotCaret.INITIAL)
                .setFullPage(true));
    }

    /** By the rules of WCAG 2.2 AA that a machine can check. */
    default void assertAccessible(Page page) {
        assertNone(
                page,
                new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")));
    }

    /** Of what depends on the colours alone. */
    default void assertContrast(Page page) {
        assertNone(page, new AxeBuilder(page).withRules(List.of("color-contrast", "link-in-text-block")));
    }

    private static void assertNone(Page page, AxeBuilder rules) {
        // There are no frames, for which it would open a page of its own each time.
        List<Rule> violations = rules.setLegacyMode(true).analyze().getViolations();
        assertThat(violations)
                .as(page.url())
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream()
                                .map(node -> node.getHtml() + " (" + node.getFailureSummary() + ")")
                                .toList())
                .isEmpty();
    }

    /** Nothing is wider than the window, so nobody has to scroll sideways. */
    default void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as(page.url())
                .isEqualTo(true);
    }

    /** Pages may be a second behind what was done elsewhere; without scripts somebody has to ask again. */
    default void reloadUntil(Page page, Locator shown) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (shown.count() != 1 && System.nanoTime() < end) {
            page.reload();
        }
        assertThat(shown.count()).as(page.url() + ": " + shown).isEqualTo(1);
    }

    @AfterEach
    default void nothingWasComplainedOf() {
        Chromium.closePages();
        assertThat(Chromium.complaints()).isEmpty();
    }
}
