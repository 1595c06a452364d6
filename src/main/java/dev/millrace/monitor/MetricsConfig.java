package dev.millrace.monitor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How much the metrics may tell apart. */
@ConfigMapping(prefix = "millrace.metrics")
public interface MetricsConfig {
    /** Queues with a label of their own, 0 to 10000; the rest are {@code other} together. */
    @WithDefault("100")
    int queues();

    /** Task types with a label of their own, 0 to 10000; the rest are {@code other} together. */
    @WithDefault("100")
    int types();

    /** Of tasks' labels, the one by whose value tasks are counted; by none if absent. */
    Optional<String> label();

    /** Values of it that are counted apart, 0 to 1000; the rest are {@code other} together. */
    @WithDefault("20")
    int labelValues();
}
