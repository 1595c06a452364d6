package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Page;
import jakarta.enterprise.inject.spi.CDI;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Pages in sight are told what changes, whatever the store. */
interface LiveRules extends TaskFixture {
    static LiveStreams streams() {
        return CDI.current().select(LiveStreams.class).get();
    }

    static void awaitStreams(Page page, int count) {
        page.waitForCondition(() -> streams().count() == count);
    }

    /** Counts what the page asks for by itself. */
    private static AtomicInteger asking(Page page) {
        AtomicInteger asked = new AtomicInteger();
        page.onRequest(request -> asked.addAndGet(request.headers().containsKey("hx-request") ? 1 : 0));
        return asked;
    }

    @Test
    default void aPageIsToldWhatChangedWithoutAsking() {
        String queue = queue();
        submit(queue);
        Page page = page();
        page.navigate("/queues?q=" + queue);
        AtomicInteger asked = asking(page);
        awaitStreams(page, 1);
        submit(queue);
        assertThat(page.locator("tbody tr td").nth(1)).hasText("2");
        String token = lease(queue, 1).getFirst();
        call("/leases/" + token + "/complete", "{}");
        assertThat(page.locator("tbody tr td").nth(1)).hasText("1");
        assertThat(page.locator("#live")).hasText("Live");
        Assertions.assertThat(asked).hasValue(0);
    }

    @Test
    default void whatIsGoneIsSaidToBeGone() {
        String queue = queue();
        submit(queue);
        Page page = page();
        page.navigate("/queues/" + queue);
        awaitStreams(page, 1);
        given().delete("/api/v1/queues/" + queue + "?force=true").then().statusCode(204);
        assertThat(page.locator("#live")).hasText("Not there any more");
    }
}
