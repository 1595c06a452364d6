package dev.millrace.queue;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How large what a task carries may be, whichever way it comes. */
@ConfigMapping(prefix = "millrace.api")
public interface PayloadConfig {
    /** The largest payload or result of a task: 1K to 15M. */
    @WithDefault("256K")
    MemorySize payload();

    /** The same in bytes. */
    default int bytes() {
        return (int) payload().asLongValue();
    }
}
