package dev.millrace.monitor;

import java.time.Duration;
import java.util.List;

/**
 * How this process is, as {@code GET /health} shows it.
 *
 * @param status {@code up}; {@code degraded} when there are findings or the breaker is not closed; {@code down} when the
 *     store does not answer
 * @param store {@code sqlite} or {@code redis}
 * @param durability how much survives what, one sentence
 * @param findings what is wrong with the store, worst first
 */
public record HealthReport(
        String status, String store, String durability, List<Component> components, List<Finding> findings) {
    public static final String UP = "up";
    public static final String DEGRADED = "degraded";
    public static final String DOWN = "down";

    /**
     * A part that the process cannot do without.
     *
     * @param name {@code store} or {@code breaker}
     * @param status {@code up}, {@code degraded} or {@code down}
     * @param responseTime how long it took to answer; zero for what is in the process itself
     * @param detail one line; of the breaker {@code closed}, {@code open} or {@code half-open}
     */
    public record Component(String name, String status, Duration responseTime, String detail) {}

    /**
     * @param code stable, such as {@code redis-no-aof}
     * @param sentence what is wrong and what to do about it, in one line
     */
    public record Finding(String code, String sentence) {}

    /** Whether the store answered. */
    public boolean storeAnswers() {
        return !DOWN.equals(status);
    }
}
