package dev.millrace.scale;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How workers that sleep are woken, whatever their pool. */
@ConfigMapping(prefix = "millrace.kicks")
public interface KicksConfig {
    /** How often a process with the role scheduler looks for work that nobody was woken for, PT0.1S to PT10M. */
    @WithDefault("PT15S")
    Duration sweep();
}
