package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotCaret;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What the rules of the dashboard need: a running server, and a browser that nothing may complain in. */
interface BrowserFixture {
    Path SCREENSHOTS = Path.of("target", "screenshots");
    Path DOCS = Path.of("docs", "images");
    /** Those that are kept with the sources are to be made anew. */
    boolean MAKES_PICTURES = Boolean.getBoolean("pictures");

    String TOO_WIDE = "[document.documentElement, ...document.querySelectorAll('.scroll')]"
            + ".filter(part => part.scrollWidth > part.clientWidth)"
            + ".map(part => `${part.tagName} ${part.textContent.slice(0, 60)}: ${part.scrollWidth}, ${part.clientWidth}`)";
    long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

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

    default Page pageWithoutScripts() {
        return Chromium.page("plain", options().setJavaScriptEnabled(false));
    }

    private static Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setBaseURL("http://localhost:" + RestAssured.port)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")
                .setViewportSize(1360, 900)
                .setColorScheme(ColorScheme.LIGHT);
    }

    /** A picture of the whole page in {@code target/screenshots}, and in the place of one of that name in the docs. */
    default void picture(Page page, String name) {
        page.mouse().move(0, 0);
        Path kept = DOCS.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(MAKES_PICTURES && Files.exists(kept) ? kept : SCREENSHOTS.resolve(name + ".png"))
                // Hiding it takes an inline style, which htmx may meet.
                .setCaret(ScreenshotCaret.INITIAL)
                .setFullPage(true));
    }

    default void assertAccessible(Page page) {
        assertAccessible(page, Mode.LIGHT);
    }

    /** The same as it is shown now. */
    default void assertAccessible(Page page, Mode mode) {
        assertThat(Axe.violations(page, mode)).as(page.url() + " " + mode).isEmpty();
    }

    /** Nothing is wider than the window or than what it stands in, so nobody has to scroll sideways. */
    default void assertFits(Page page) {
        assertThat((List<?>) page.evaluate(TOO_WIDE))
                .as(page.url() + " at " + page.viewportSize().width)
                .isEmpty();
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
