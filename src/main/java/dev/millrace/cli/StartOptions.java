package dev.millrace.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /** What is wrong with it, in a sentence; empty when nothing is. */
    Optional<String> problem() {
        if (port != null && (port < 0 || port > 65_535)) {
            return Optional.of("--port is 0 to 65535, not " + port + ".");
        }
        if (redis != null && !redis.matches("(rediss?|unix)://.+")) {
            return Optional.of("--redis is an address like redis://127.0.0.1:6379, not '" + redis + "'.");
        }
        if (roles != null && !ROLES.containsAll(roles)) {
            return Optional.of("--roles are some of " + String.join(", ", ROLES) + ", not " + roles + ".");
        }
        if (config != null && !Files.isReadable(config)) {
            return Optional.of("The file '" + config + "' cannot be read.");
        }
        if (data != null && Files.exists(data) && !Files.isDirectory(data)) {
            return Optional.of("'" + data + "' is not a directory.");
        }
        return idle == null ? Optional.empty() : problemOfIdle();
    }

    private Optional<String> problemOfIdle() {
        if (idle.maxTasks() != null && idle.maxTasks() < 1) {
            return Optional.of("--max-tasks is 1 or more, not " + idle.maxTasks() + ".");
        }
        return roles == null || roles.contains("worker")
                ? Optional.empty()
                : Optional.of("--exit-when-idle needs the role worker, which --roles leaves out.");
    }
}
