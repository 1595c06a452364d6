package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Every page in the middle of a day: in light, in dark and on a phone; the pictures in docs/images are some of these. */
@QuarkusTest
@TestProfile(GuardedProfile.class)
class PicturesTest implements BrowserFixture {
    @Inject
    InstantSource clock;

    @ConfigProperty(name = "millrace.data")
    String data;

    private static final Set<String> IN_THE_DARK =
            Set.of("overview", "queue", "task", "tasks", "dead-letters", "destination", "system");
    private static final Set<String> ON_A_PHONE = Set.of("overview", "queues", "task", "destination", "workers");

    private final SoftAssertions flaws = new SoftAssertions();

    @Test
    void everyPageIsFitToBeSeen() throws SQLException {
        Page page = page();
        signIn(page);
        assertThat(page.getByText("Nothing was submitted yet")).isVisible();
        look(page, "empty-overview");
        // No page is open meanwhile that would look at minutes before they are written.
        page.navigate("/system");
        Map<String, String> pages = pages(new Demo(Path.of(data)).play(clock));
        Page dark = darkPage();
        signIn(dark);
        Page phone = phone();
        signIn(phone);
        pages.forEach((name, path) -> {
            page.navigate(path);
            look(page, name);
            flaws.check(() -> assertAccessible(page));
            if (IN_THE_DARK.contains(name)) {
                dark.navigate(path);
                look(dark, name + "-dark");
                flaws.check(() -> assertContrast(dark));
            }
            phone.navigate(path);
            flaws.check(() -> assertFits(phone));
            if (ON_A_PHONE.contains(name)) {
                picture(phone, name + "-phone");
            }
        });
        Demo.end();
        flaws.assertAll();
    }

    private static Map<String, String> pages(String failed) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/");
        pages.put("overview-day", "/?range=day");
        pages.put("queues", "/queues");
        pages.put("queue", "/queues/webhooks");
        pages.put("queue-settings", "/queues/webhooks/settings");
        pages.put("queue-purge", "/queues/webhooks/purge");
        pages.put("tasks", "/tasks");
        pages.put("task", "/tasks/" + failed);
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

    private void look(Page page, String name) {
        picture(page, name);
        flaws.check(() -> assertFits(page));
    }

    private static void signIn(Page page) {
        page.navigate("/");
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").fill(GuardedProfile.PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        assertThat(page).hasTitle("Overview · Millrace (staging)");
    }
}
