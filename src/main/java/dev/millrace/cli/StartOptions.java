package dev.millrace.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How to start a server, as far as the command line says it; null where it says nothing.
 *
 * @param port 0 to 65535; 0 for any free one
 * @param data directory of the SQLite store
 * @param redis URL
 * @param roles of {@code api}, {@code worker}, {@code dashboard}, {@code scheduler}; never empty
 * @param config a file that can be read
 * @param idle ends when there is nothing left to do
 * @param jsonLog logs an object a line
 */
public record StartOptions(
        String host,
        Integer port,
        Path data,
        String redis,
        Set<String> roles,
        Path config,
        IdleExit idle,
        boolean jsonLog) {
    /** Every role there is. */
    public static final List<String> ROLES = List.of("api", "worker", "dashboard", "scheduler");

    /**
     * @param maxTasks ends after so many at the latest; null for all there are
     */
    public record IdleExit(Long maxTasks) {}
}
