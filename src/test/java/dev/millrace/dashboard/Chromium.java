package dev.millrace.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The system's Chromium: one for all tests of this JVM. Contexts go from test to test with nothing in them but the files
 * that the pages are made of, which need not be loaded each time.
 */
final class Chromium {
    private static final List<String> COMPLAINTS = new ArrayList<>();
    private static final List<Used> OPEN = new ArrayList<>();
    private static final Map<String, Deque<BrowserContext>> FREE = new HashMap<>();
    private static Browser browser;

    private Chromium() {}

    /** A context, and which others are like it. */
    private record Used(String kind, BrowserContext context) {}

    /** In a context that nothing was loaded in. */
    static Page firstPage(Browser.NewContextOptions options) {
        return page("", context(options));
    }

    /**
     * @param kind says what is special about the options
     */
    static Page page(String kind, Browser.NewContextOptions options) {
        BrowserContext free = FREE.computeIfAbsent(options.baseURL + kind, key -> new ArrayDeque<>())
                .poll();
        return page(options.baseURL + kind, free == null ? context(options) : free);
    }

    private static Page page(String kind, BrowserContext context) {
        OPEN.add(new Used(kind, context));
        return context.pages().getFirst();
    }

    /** With a page, which stays in it: to open one takes longer than to load it. */
    private static BrowserContext context(Browser.NewContextOptions options) {
        BrowserContext context = browser().newContext(options.setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(60_000);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                COMPLAINTS.add(page.url() + ": " + message.text() + " " + message.location());
            }
        });
        page.onDialog(dialog -> {
            COMPLAINTS.add(page.url() + ": a script asked " + dialog.message());
            dialog.dismiss();
        });
        page.onPageError(error -> COMPLAINTS.add(page.url() + ": " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith("http://localhost:")
                    && !request.url().startsWith("data:")
                    && !request.url().startsWith("http://127.0.0.1:")) {
                COMPLAINTS.add("left the origin: " + request.url());
            }
        });
        return context;
    }

    /** What the pages of this test said on the console since the last call; violations of the policy are among it. */
    static List<String> complaints() {
        List<String> said = List.copyOf(COMPLAINTS);
        COMPLAINTS.clear();
        return said;
    }

    static void closePages() {
        // Nothing stands in both lists, whatever goes wrong below: a test would get one page twice.
        List<Used> ended = List.copyOf(OPEN);
        OPEN.clear();
        for (Used used : ended) {
            Deque<BrowserContext> free = FREE.get(used.kind);
            if (free != null && isEmptied(used.context)) {
                free.add(used.context);
            } else {
                used.context.close();
            }
        }
    }

    /** Not while its page goes elsewhere. */
    private static boolean isEmptied(BrowserContext context) {
        try {
            Page page = context.pages().getFirst();
            page.unrouteAll();
            if (page.url().startsWith("http")) {
                page.evaluate("sessionStorage.clear()");
            }
            page.navigate("about:blank");
            context.clearCookies();
            return true;
        } catch (PlaywrightException e) {
            return false;
        }
    }

    private static Browser browser() {
        if (browser == null) {
            // A busy machine may take its time.
            PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(executable())
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return browser;
    }

    private static Path executable() {
        for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
            for (String directory : System.getenv("PATH").split(":")) {
                Path file = Path.of(directory, name);
                if (Files.isExecutable(file)) {
                    return file;
                }
            }
        }
        throw new AssertionError("The tests need Chromium. Install it: apt-get install chromium");
    }
}
