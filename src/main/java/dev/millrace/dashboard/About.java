package dev.millrace.dashboard;

import dev.millrace.monitor.Setting;
import dev.millrace.monitor.Settings;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this process is, and how it is set. */
@Singleton
public class About {
    private final Settings settings;
    private final String version;

    About(
            Settings settings,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.settings = settings;
        this.version = version;
    }

    String version() {
        return version;
    }

    List<Setting> settings() {
        return settings.list();
    }
}
