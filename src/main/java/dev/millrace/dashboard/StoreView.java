package dev.millrace.dashboard;

import dev.millrace.monitor.HealthReport;

/**
 * The store, in words.
 *
 * @param status {@code up}, {@code degraded} or {@code down}
 * @param durability how much survives what
 */
public record StoreView(String kind, String status, String durability, String responseTime) {
    static StoreView of(HealthReport report) {
        return new StoreView(
                report.store().equals("redis") ? "Redis" : "SQLite",
                report.status(),
                report.durability(),
                report.components().stream()
                        .filter(component -> component.name().equals("store"))
                        .map(component -> millis(component.responseTime().toNanos() / 1e6))
                        .findFirst()
                        .orElse("–"));
    }

    static String millis(double millis) {
        if (millis >= 1000) {
            return Format.spanOfMillis(Math.round(millis));
        }
        return millis < 10 ? Format.brief(Math.round(millis * 100) / 100.0) + " ms" : Math.round(millis) + " ms";
    }
}
