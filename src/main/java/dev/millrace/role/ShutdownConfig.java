package dev.millrace.role;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this process ends. */
@ConfigMapping(prefix = "millrace")
public interface ShutdownConfig {
    /** How long running tasks may still take after the process was told to stop; then they are handed back. */
    @WithDefault("PT25S")
    Duration drain();
}
