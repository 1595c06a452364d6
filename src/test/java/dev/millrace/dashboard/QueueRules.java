package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import dev.millrace.cluster.Order;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The pages that show and steer queues, workers and the whole. */
interface QueueRules extends BrowserFixture {
    String API = "/api/v1/queues/";

    private static String queue(int tasks) {
        String queue = "dash-" + UUID.randomUUID();
        for (int i = 0; i < tasks; i++) {
            submit(queue);
        }
        return queue;
    }

    private static void submit(String queue) {
        given().contentType("application/json")
                .body("{\"type\":\"by-hand\",\"payload\":1}")
                .post(API + queue + "/tasks")
                .then()
                .statusCode(201);
    }

    private static void click(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static Locator field(Page page, String name) {
        return page.locator("input[name=" + name + "]");
    }

    private static void expect(String queue, String member, Object value) {
        given().get(API + queue).then().statusCode(200).body(member, equalTo(value));
    }

    @Test
    default void aQueueIsPausedAndResumedOnItsPage() {
        String queue = queue(1);
        for (Page page : new Page[] {page(), pageWithoutScripts()}) {
            page.navigate("/queues/" + queue);
            click(page, "Pause");
            assertThat(page.locator(".notice")).containsText("is paused");
            expect(queue, "paused", true);
            click(page, "Resume");
            assertThat(page.locator(".notice")).containsText("runs again");
            expect(queue, "paused", false);
            page.reload();
            assertThat(page.locator(".notice")).hasCount(0);
        }
    }

    @Test
    default void aQueueIsPausedInTheList() {
        String queue = queue(1);
        Page page = page();
        page.navigate("/queues?q=" + queue);
        click(page, "Pause " + queue);
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/queues\\?q=" + queue));
        assertThat(page.locator("tbody tr")).containsText("paused");
        expect(queue, "paused", true);
    }

    @Test
    default void settingsAreChangedAndBadOnesAreExplained() {
        String queue = queue(1);
        Page page = pageWithoutScripts();
        page.navigate("/queues/" + queue + "/settings");
        field(page, "maxAttempts").fill("101");
        field(page, "timeout").fill("soon");
        click(page, "Save");
        assertThat(page.locator("#maxAttempts-error")).containsText("1 to 100");
        assertThat(page.locator("#timeout-error")).containsText("must be a duration");
        assertThat(field(page, "timeout")).hasValue("soon");
        field(page, "maxAttempts").fill("7");
        field(page, "timeout").fill("90s");
        field(page, "maxDepth").fill("1,000");
        field(page, "concurrency").fill("3");
        field(page, "deadAge").fill("7d");
        click(page, "Save");
        assertThat(page.locator(".notice")).containsText("in force");
        expect(queue, "config.defaults.maxAttempts", 7);
        expect(queue, "config.defaults.timeout", "PT1M30S");
        expect(queue, "config.maxDepth", 1000);
        expect(queue, "config.concurrency", 3);
        assertThat(page.locator("main")).containsText("at most 3, now 0");
        expect(queue, "config.retention.dead.age", "PT168H");
        page.navigate("/queues/" + queue + "/settings");
        assertThat(field(page, "timeout")).hasValue("90s");
        field(page, "maxDepth").fill("");
        click(page, "Save");
        expect(queue, "config.maxDepth", null);
        expect(queue, "config.defaults.maxAttempts", 7);
    }

    @Test
    default void eachFinalStateIsKeptAsItsFieldsSay() {
        String queue = queue(1);
        Page page = pageWithoutScripts();
        page.navigate("/queues/" + queue + "/settings");
        field(page, "cancelledMebibytes").fill("3");
        field(page, "deadCount").fill("1,000");
        click(page, "Save");
        assertThat(page.locator("main")).containsText("100,000 tasks, 3.0 MiB");
        expect(queue, "config.retention.cancelled.bytes", 3 << 20);
        expect(queue, "config.retention.succeeded.bytes", 256 << 20);
        expect(queue, "config.retention.dead.count", 1000);
        expect(queue, "config.retention.dead.bytes", null);
    }

    @Test
    default void whatARateHoldsIsShown() {
        Page page = pageWithoutScripts();
        page.navigate("/queues/" + queue(1) + "/settings");
        field(page, "rateLimit").fill("600");
        field(page, "rateBurst").fill("4");
        click(page, "Save");
        assertThat(page.locator("main")).containsText("600 in 1 s, 4 at once");
    }

    @Test
    default void purgeAsksForTheName() {
        for (Page page : new Page[] {page(), pageWithoutScripts()}) {
            String queue = queue(3);
            page.navigate("/queues/" + queue);
            page.getByText("Purge…").click();
            assertThat(page.locator(".confirm h1")).containsText("Purge");
            purge(page, queue);
        }
    }

    private static void purge(Page page, String queue) {
        page.getByText("What waits").click();
        page.getByLabel("Type").fill("something else");
        click(page, "Purge");
        assertThat(page.locator("#fault")).containsText("Type the name of the queue");
        expect(queue, "counts.ready", 3);
        page.getByLabel("Type").fill(queue);
        click(page, "Purge");
        assertThat(page.locator(".notice")).containsText("3 tasks were cancelled");
        expect(queue, "counts.ready", 0);
        expect(queue, "counts.cancelled", 3);
    }

    @Test
    default void deletedQueuesAreGone() {
        String queue = queue(2);
        Page page = pageWithoutScripts();
        page.navigate("/queues/" + queue);
        page.getByText("Delete…").click();
        page.getByLabel("Type").fill(queue);
        click(page, "Delete the queue");
        assertThat(page.locator(".notice")).containsText("was deleted");
        given().get(API + queue).then().statusCode(404);
    }

    @Test
    default void whatTasksSayIsShownAsText() {
        String hostile = "</script><img src=x onerror=alert(1)>'\"&{frame}";
        String queue = queue(2);
        for (int i = 0; i < 2; i++) {
            String token = given().contentType("application/json")
                    .body(Map.of("worker", hostile))
                    .post(API + queue + "/leases")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("leases[0].token");
            if (i == 0) {
                given().contentType("application/json")
                        .body(Map.of("type", hostile, "message", hostile, "retryable", false))
                        .post("/api/v1/leases/" + token + "/fail")
                        .then()
                        .statusCode(200);
            }
        }
        Page page = page();
        page.navigate("/queues/" + queue);
        assertThat(page.locator("tbody").getByText(hostile).first()).isVisible();
        page.navigate("/workers");
        assertThat(page.getByText(hostile).first()).isVisible();
        page.navigate("/");
        assertThat(page.locator("img")).hasCount(0);
    }

    @Test
    default void aWorkerIsQuietedAndResumedAndAskedBeforeItIsStopped() {
        Page page = pageWithoutScripts();
        page.navigate("/workers");
        Locator node = page.locator(".node").first();
        try {
            button(node, "Quiet").click();
            assertThat(page.locator(".notice")).containsText("take nothing new");
            reloadUntil(page, button(node, "Resume"));
            node.getByText("Stop…").click();
            assertThat(page.locator("h1")).hasText("Stop this process?");
            page.getByText("Keep it").click();
        } finally {
            page.navigate("/workers");
            button(node, "Resume").click();
        }
        assertThat(page.locator(".notice")).containsText("take tasks again");
        reloadUntil(page, button(node, "Quiet"));
    }

    @Test
    default void aWorkerIsStopped() {
        NodeStore nodes = CDI.current().select(NodeStore.class).get();
        Instant now = CDI.current().select(InstantSource.class).get().instant();
        for (Page page : new Page[] {page(), pageWithoutScripts()}) {
            Node.Load load = new Node.Load(now.plusSeconds(60), 0, 0.1, 1);
            Node other = new Node("zz-" + UUID.randomUUID(), "zz", "afar", "0.1.0", Set.of("worker"), now, load);
            nodes.announce(other);
            try {
                stop(page, other.id());
                Assertions.assertThat(nodes.announce(other).order()).hasValue(Order.STOP);
            } finally {
                nodes.remove(other.id());
            }
        }
    }

    private void stop(Page page, String node) {
        page.navigate("/workers");
        Locator panel = page.locator(".node").filter(new Locator.FilterOptions().setHasText(node));
        reloadUntil(page, panel);
        panel.getByText("Stop…").click();
        assertThat(page.locator(".confirm")).containsText(node);
        click(page, "Stop the process");
        assertThat(page.locator(".notice")).containsText(node + " is told to let what runs end");
        reloadUntil(page, panel.filter(new Locator.FilterOptions().setHasText("told to stop")));
    }

    private static Locator button(Locator within, String text) {
        return within.locator("button", new Locator.LocatorOptions().setHasText(text));
    }

    @Test
    default void theOverviewLooksBackADayAsWell() {
        queue(1);
        Page page = page();
        page.navigate("/");
        assertThat(page.getByText("Runs per minute").first()).isVisible();
        page.click("a[href='/?range=day']");
        assertThat(page.getByText("Runs per 15 minutes").first()).isVisible();
    }
}
