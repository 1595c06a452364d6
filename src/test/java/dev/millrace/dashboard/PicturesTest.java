package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.millrace.monitor.Setting;
import dev.millrace.storage.sqlite.PastDay;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The look of a dashboard on SQLite that has users; the pictures in docs/images are some of these. */
@QuarkusTest
@TestProfile(PicturesTest.Busy.class)
class PicturesTest implements LookRules {
    /** Where tasks are run and delivered, too. */
    public static class Busy extends GuardedProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("millrace.role.worker", "true");
            settings.put("millrace.role.scheduler", "true");
            return settings;
        }
    }

    /** Besides all of them on a desk in light colours. */
    private static final Map<Mode, Set<String>> PICTURED = Map.of(
            Mode.DARK, Set.of("overview", "queue", "task", "tasks", "dead-letters", "destination", "system"),
            Mode.PHONE, Set.of("overview", "queues", "tasks", "task", "dead-letters", "destination", "workers"));

    /** Begins the source of a setting that stands in one. */
    private static final String FILE = "file ";

    @Inject
    InstantSource clock;

    @ConfigProperty(name = "millrace.data")
    String data;

    @Override
    public List<Mode> modes() {
        return List.of(Mode.LIGHT, Mode.DARK, Mode.PHONE_DARK, Mode.PHONE);
    }

    @Override
    public boolean pictured(String name, Mode mode) {
        return mode == Mode.LIGHT || PICTURED.getOrDefault(mode, Set.of()).contains(name);
    }

    @Override
    public void remember() {
        PastDay past = new PastDay(Path.of(data), clock.instant());
        past.of(new PastDay.Habit("mail", "email.send", 900, 130, 90, 14));
        past.of(new PastDay.Habit("images", "image.resize", 260, 60, 1400, 900));
        past.of(new PastDay.Habit("webhooks", "webhook.deliver", 340, 12, 220, 20));
        past.of(new PastDay.Habit("reports", "report.build", 5, 30, 9000, 14));
        past.levels("webhooks", 25, 240);
        past.levels(null, 150, 1900);
    }

    /** As whoever installs it does with what holds secrets; else the doctor would have to speak of this machine. */
    private static void keepSettingsToOurselves() {
        FactSeed.bean(About.class).settings().stream()
                .map(Setting::source)
                .filter(source -> source.startsWith(FILE))
                .map(source -> Path.of(source.substring(FILE.length())))
                .distinct()
                .forEach(PicturesTest::keepToOurselves);
    }

    private static void keepToOurselves(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void enter(Page page) {
        keepSettingsToOurselves();
        page.navigate("/");
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").fill(GuardedProfile.PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        assertThat(page).hasTitle("Overview · Millrace (staging)");
    }
}
