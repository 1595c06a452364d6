package dev.millrace.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of what the HTTP API takes. */
@ConfigMapping(prefix = "millrace.api")
public interface Limits {
    /** The largest body there is: of a bulk call. */
    int LARGEST_BODY = 16 << 20;

    /** Of any other call, beside the payload in it. */
    int ENVELOPE = 64 << 10;

    /** Characters of an address. */
    int LONGEST_ADDRESS = 8 << 10;

    /** Characters of all headers together. */
    int LARGEST_HEADERS = 20 << 10;

    /** Tasks or completions of one bulk call. */
    int BULK = 10_000;

    /** The longest time that an answer is held for {@code Prefer: wait}. */
    Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** The largest payload or result of a task: 1K to 15M. */
    @WithDefault("256K")
    MemorySize payload();
}
