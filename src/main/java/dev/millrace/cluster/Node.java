package dev.millrace.cluster;

import java.time.Instant;
import java.util.Set;

/**
 * A running process.
 *
 * @param id unique per start
 * @param name {@code NODE_ID} if it was given, else the host's name
 * @param roles {@code api}, {@code worker}, {@code dashboard}, {@code scheduler}
 * @param load as of the last heartbeat
 */
public record Node(
        String id, String name, String host, String version, Set<String> roles, Instant startedAt, Load load) {
    /**
     * @param running tasks in its hands
     * @param cpu share of one processor used by the process, 0 and up; negative when unknown
     * @param memoryBytes resident memory of the process; 0 when unknown
     */
    public record Load(Instant heartbeatAt, int running, double cpu, long memoryBytes) {}
}
