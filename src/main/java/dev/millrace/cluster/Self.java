package dev.millrace.cluster;

import dev.millrace.role.RoleConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Which node this process is: the same for as long as it runs, another after the next start. */
@Singleton
public class Self {
    private static final int LONGEST_NAME = 100;

    private final String id;
    private final String name;
    private final String host;
    private final Set<String> roles;
    private final String version;
    private final Duration heartbeat;

    @Inject
    Self(NodeConfig config, RoleConfig roles) {
        this.roles = roles.names();
        this.version = OwnProgram.version();
        this.heartbeat = config.heartbeat();
        this.host = hostName();
        this.name = cut(config.name().filter(given -> !given.isBlank()).orElse(host));
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        this.id = name + "-" + HexFormat.of().formatHex(random);
    }

    private Self(Self other, String id, String name) {
        this.id = id;
        this.name = name;
        this.host = other.host;
        this.roles = other.roles;
        this.version = other.version;
        this.heartbeat = other.heartbeat;
    }

    /**
     * The same process under another name, for one that is several nodes in the course of time.
     *
     * @param id unique, at most 128 characters
     */
    public Self as(String id, String name) {
        return new Self(this, id, cut(name));
    }

    /** The name and a random part, at most 128 characters. */
    public String id() {
        return id;
    }

    /** How often it says that it is there. */
    Duration heartbeat() {
        return heartbeat;
    }

    Node announced(Instant startedAt, Node.Load load) {
        return new Node(id, name, host, version, roles, startedAt, load);
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static String hostName() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
