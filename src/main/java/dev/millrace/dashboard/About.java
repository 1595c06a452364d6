package dev.millrace.dashboard;

import dev.millrace.cluster.OwnProgram;
import dev.millrace.monitor.Setting;
import dev.millrace.monitor.Settings;
import jakarta.inject.Singleton;
import java.util.List;

/** What this process is, and how it is set. */
@Singleton
public class About {
    private final Settings settings;

    About(Settings settings) {
        this.settings = settings;
    }

    String version() {
        return OwnProgram.version();
    }

    List<Setting> settings() {
        return settings.list();
    }
}
