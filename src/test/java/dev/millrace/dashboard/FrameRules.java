package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** What is true of every page. */
interface FrameRules extends BrowserFixture {
    @Test
    default void theOverviewIsAtTheRoot() {
        Page page = page();
        page.navigate("/");
        assertThat(page).hasTitle("Overview · Millrace");
        assertAccessible(page);
        assertFits(page);
        picture(page, "overview");
    }
}
