package dev.millrace.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

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

    /** Runs tasks only while a drain is asked for, so that the platform decides when this process may sleep. */
    @WithDefault("false")
    boolean onDemand();

    /** How long a drain leases tasks if it is not told otherwise, PT1S to PT12H; it answers after twice that at the latest. */
    @WithDefault("PT4M")
    Duration slice();

    /** How long there must be nothing to do before a drain ends, PT0S to PT1H. */
    @WithDefault("PT0S")
    Duration idle();

    /** Drains once, then ends the process. */
    @WithDefault("false")
    boolean exitWhenIdle();

    /** With {@code exit-when-idle}: ends after so many tasks at the latest, 1 and up; as many as there are if absent. */
    OptionalLong maxTasks();

    /** The number of the process that started this one: when that has ended, this one ends. Set by it. */
    OptionalLong parent();
}
