package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainVariablesTest {
    @Test
    void everyVariableIsASetting() {
        PlainVariables variables = new PlainVariables(Map.of(
                "REDIS_URL", "redis://r:1",
                "REDIS_HOST", "r",
                "REDIS_PORT", "2",
                "CLUSTER_FORCE_SQLITE", "True",
                "CLUSTER_MAX_WORKERS", "7",
                "NODE_ID", "n",
                "HEARTBEAT_INTERVAL", "30",
                "LOCK_TTL", "300",
                "LOG_LEVEL", "warning"));
        assertThat(variables.getProperties())
                .isEqualTo(Map.of(
                        "millrace.redis.url", "redis://r:1",
                        "millrace.redis.host", "r",
                        "millrace.redis.port", "2",
                        "millrace.store", "sqlite",
                        "millrace.worker.concurrency", "7",
                        "millrace.node.id", "n",
                        "millrace.heartbeat", "30",
                        "quarkus.log.level", "WARN"));
    }

    @Test
    void emptyAndNoSayNothing() {
        assertThat(new PlainVariables(Map.of("REDIS_URL", " ", "CLUSTER_FORCE_SQLITE", "false")).getProperties())
                .isEmpty();
    }

    @Test
    void settingsSayWhichVariableTheyAreFrom() {
        assertThat(new SmallRyeConfigBuilder()
                        .withSources(new PlainVariables(Map.of("HEARTBEAT_INTERVAL", "30")))
                        .build()
                        .getConfigValue("millrace.heartbeat")
                        .getConfigSourceName())
                .isEqualTo("environment variable HEARTBEAT_INTERVAL");
    }

    @Test
    void wordThatIsNeitherYesNorNoIsLeftToBeRefused() {
        assertThat(new PlainVariables(Map.of("CLUSTER_FORCE_SQLITE", "maybe")).getValue("millrace.store"))
                .isEqualTo("maybe");
    }
}
