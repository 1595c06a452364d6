package dev.millrace.dashboard;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a machine can check of WCAG 2.2 AA and of good practice; loaded into a page once, however often it is asked. */
final class Axe {
    private static final String SCRIPT = script();
    /** There are no frames, and what is well need not be told. */
    private static final String RUN = """
            rules => axe.run(document, {
              runOnly: rules,
              resultTypes: ['violations'],
              iframes: false
            }).then(found => found.violations.map(rule =>
              `${rule.id}: ${rule.nodes.map(node => `${node.html} (${node.failureSummary})`).join(', ')}`))
            """;

    private static final List<String> ALL =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    /** Those that see anything else in the dark. */
    private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

    private Axe() {}

    /**
     * What the page breaks as it is shown now, and where.
     *
     * @param mode how it is shown: in the dark, nothing but colours is different
     */
    static List<?> violations(Page page, Mode mode) {
        if (page.evaluate("'axe' in window").equals(false)) {
            page.evaluate(SCRIPT);
        }
        return (List<?>) page.evaluate(RUN, mode.dark() ? COLOURS : ALL);
    }

    private static String script() {
        try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
