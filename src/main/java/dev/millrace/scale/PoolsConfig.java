package dev.millrace.scale;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pools of workers, by name. Without any there is one, {@code default}, of all queues. */
@ConfigMapping(prefix = "millrace.pools")
public interface PoolsConfig {
    @WithParentName
    Map<String, Pool> pools();

    /** Workers that serve the same queues and are scaled together. */
    interface Pool {
        /** The queues that its workers serve; all that no other pool names if absent. */
        Optional<Set<String>> queues();

        /** Where to POST to wake a worker: its {@code /api/v1/drain}. */
        Optional<URI> kickUrl();

        /** API key with the role worker, to be sent along. */
        Optional<String> kickKey();

        /** Tasks that one worker is to have at a time, 1 and up. */
        @WithDefault("10")
        int target();

        /** Workers that are always wanted, 0 and up. */
        @WithDefault("0")
        int minWorkers();

        /** Workers that are wanted at most, 1 and up. */
        @WithDefault("10")
        int maxWorkers();

        /** How long it takes to wake a worker, until that was measured: PT0S to PT10M. */
        @WithDefault("PT2S")
        Duration coldStart();

        /** The scheduler starts and stops worker processes on its machine. */
        @WithDefault("false")
        boolean processes();

        /** By what the number of processes follows the demand. */
        @WithDefault("target")
        Rule policy();

        /** With {@code thresholds}: a process more while more tasks than this are to be done. */
        @WithDefault("15")
        long scaleUp();

        /** With {@code thresholds}: a process less while fewer tasks than this are to be done. */
        @WithDefault("3")
        long scaleDown();

        /** How long to wait after a change before the next: with {@code target} only before a smaller number. */
        @WithDefault("PT60S")
        Duration cooldown();
    }

    /** The policies there are. */
    enum Rule {
        /** As many as the tasks need at {@link Pool#target} each. */
        TARGET,
        /** One more or less at a time, past thresholds. */
        THRESHOLDS
    }
}
