package dev.millrace.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** How this process appears among the nodes. */
@ConfigMapping(prefix = "millrace")
public interface NodeConfig {
    /** What to call this node; the host's name if absent. Its id is unique per start all the same. */
    @WithName("node.id")
    Optional<String> name();

    /** How often the node says that it is there; it is taken for gone after three times that. A bare number is seconds. */
    @WithDefault("PT5S")
    Duration heartbeat();
}
