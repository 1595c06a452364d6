package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cluster.NodeConfig;
import dev.millrace.role.RoleConfig;
import dev.millrace.role.ShutdownConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static SmallRyeConfig config(Map<String, String> given) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 300, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(WorkerConfig.class)
                .withMapping(NodeConfig.class)
                .withMapping(RoleConfig.class)
                .withMapping(ShutdownConfig.class)
                .withSources(new PropertiesConfigSource(given, "given", 500))
                .build();
    }

    private static WorkerSettings settings(Map<String, String> given) {
        return WorkerSettings.of(
                config(given).getConfigMapping(WorkerConfig.class), () -> new MemorySize(BigInteger.TEN), "worker-a");
    }

    @Test
    void everythingHasADefault() {
        WorkerSettings settings = settings(Map.of());
        assertThat(settings.concurrency()).isEqualTo(64);
        assertThat(settings.cpuThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.serves("any")).isTrue();
        SmallRyeConfig config = config(Map.of());
        assertThat(config.getConfigMapping(NodeConfig.class).heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.getConfigMapping(NodeConfig.class).name()).isEmpty();
        assertThat(config.getConfigMapping(RoleConfig.class).names())
                .containsExactly("api", "worker", "dashboard", "scheduler");
        assertThat(config.getConfigMapping(ShutdownConfig.class).drain()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void whatIsGivenCounts() {
        Map<String, String> given = Map.of(
                "millrace.worker.concurrency", "9",
                "millrace.worker.queues", "mail,web",
                "millrace.node.id", "green",
                "millrace.heartbeat", "30",
                "millrace.role.worker", "false");
        assertThat(settings(given).concurrency()).isEqualTo(9);
        assertThat(settings(given).serves("mail")).isTrue();
        assertThat(settings(given).serves("any")).isFalse();
        assertThat(config(given).getConfigMapping(NodeConfig.class).name()).contains("green");
        assertThat(config(given).getConfigMapping(NodeConfig.class).heartbeat()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config(given).getConfigMapping(RoleConfig.class).names())
                .containsExactly("api", "dashboard", "scheduler");
    }

    @Test
    void valuesOutOfRangeAreRefusedWithASentence() {
        assertThatThrownBy(() -> settings(Map.of("millrace.worker.concurrency", "0")))
                .hasMessage("millrace.worker.concurrency must be 1 to 10000, not 0");
        assertThatThrownBy(() -> settings(Map.of("millrace.worker.batch", "501")))
                .hasMessageContaining("1 to 500");
        assertThatThrownBy(() -> settings(Map.of("millrace.worker.lease", "PT0.5S")))
                .hasMessageContaining("PT1S to PT12H");
        assertThatThrownBy(() -> settings(Map.of("millrace.worker.queues", "mail,No Queue")))
                .hasMessage("millrace.worker.queues names no queue: \"No Queue\"");
    }
}
