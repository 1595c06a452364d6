package dev.millrace.cluster;

import dev.millrace.role.RoleConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A running process.
 *
 * @param id unique per start
 * @param name {@code NODE_ID} if it was given, else the host's name
 * @param roles {@code api}, {@code worker}, {@code dashboard}, {@code scheduler}
 * @param load as of the last heartbeat
 * @param order what it was told last; null for nothing
 */
public record Node(
        String id,
        String name,
        String host,
        String version,
        Set<String> roles,
        Instant startedAt,
        Load load,
        Order order) {
    /** As it announces itself: what it was told is for others to say. */
    public Node(String id, String name, String host, String version, Set<String> roles, Instant startedAt, Load load) {
        this(id, name, host, version, roles, startedAt, load, null);
    }

    /** What it was told and had not begun to do at its last heartbeat; null for nothing. */
    public Order pending() {
        boolean done = order == null || order.leadsTo() == load.stage() || load.stage() == Stage.STOPPING;
        return done ? null : order;
    }

    /** It has the role worker. */
    public boolean isWorker() {
        return roles.contains(RoleConfig.WORKER);
    }

    /** How a node works. */
    public enum Stage {
        /** As its roles say. */
        ACTIVE,
        /** Its worker leases nothing, as it was told. */
        QUIET,
        /** It lets what runs end, and exits. */
        STOPPING;

        /** By its place in this list, as stores keep it; one that only a newer version knows is taken for active. */
        public static Stage of(int code) {
            return code >= 0 && code < values().length ? values()[code] : ACTIVE;
        }

        /** The name on the wire: lower case. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param running tasks in its hands
     * @param cpu share of one processor used by the process, 0 and up; negative when unknown
     * @param memoryBytes resident memory of the process; 0 when unknown
     * @param clockOffset how far its machine's clock is ahead of the store's, to the millisecond; negative when behind
     */
    public record Load(
            Instant heartbeatAt, int running, double cpu, long memoryBytes, Stage stage, Duration clockOffset) {
        /** A clock that is further off than this is worth a word. */
        public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

        /** Of one that is active and whose clock is right. */
        public Load(Instant heartbeatAt, int running, double cpu, long memoryBytes) {
            this(heartbeatAt, running, cpu, memoryBytes, Stage.ACTIVE, Duration.ZERO);
        }

        public boolean clockIsOff() {
            return clockOffset.abs().compareTo(CLOCK_TOLERANCE) > 0;
        }

        Load in(Stage other) {
            return new Load(heartbeatAt, running, cpu, memoryBytes, other, clockOffset);
        }
    }
}
