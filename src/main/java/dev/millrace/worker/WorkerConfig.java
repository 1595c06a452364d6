package dev.millrace.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How this process runs tasks. */
@ConfigMapping(prefix = "millrace.worker")
public interface WorkerConfig {
    /** Tasks that run at once, 1 to 10,000; instant and CPU-bound ones are not counted. */
    @WithDefault("64")
    int concurrency();

    /** CPU-bound tasks that run at once; as many as there are processors if absent. */
    OptionalInt cpuThreads();

    /** Serves these queues only; all there are if absent. */
    Optional<List<String>> queues();

    /** How long a task stays this worker's without a sign of life, PT1S to PT12H. It is renewed at a third of that. */
    @WithDefault("PT30S")
    Duration lease();

    /** Tasks fetched from one queue at a time, 1 to 500. */
    @WithDefault("250")
    int batch();
}
