package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.QueueConfig.Retention;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionConfigTest {
    @Test
    void defaultsOfTheConfigurationAreThoseOfTheStores() {
        assertThat(usual(Map.of())).isEqualTo(Retention.DEFAULT);
    }

    @Test
    void eachBoundOfEachStateMayBeSet() {
        Retention usual = usual(Map.of(
                "succeeded.age", "PT1H",
                "succeeded.count", "0",
                "dead.age", "90d",
                "dead.count", "10000",
                "dead.bytes", "1G",
                "cancelled.bytes", "0",
                "expired.count", "1000000000",
                "dedupe", "PT48H"));
        Kept ended = Retention.DEFAULT.succeeded();
        assertThat(usual)
                .isEqualTo(new Retention(
                        new Kept(Duration.ofHours(1), 0L, ended.bytes()),
                        new Kept(Duration.ofDays(90), 10_000L, 1L << 30),
                        new Kept(ended.age(), ended.count(), 0L),
                        new Kept(ended.age(), 1_000_000_000L, ended.bytes()),
                        Duration.ofHours(48)));
    }

    @ParameterizedTest
    @CsvSource({
        "succeeded.age, PT-1S, PT0S to P3650D",
        "dead.age, 3651d, PT0S to P3650D",
        "dedupe, 3651d, PT0S to P3650D",
        "cancelled.count, -1, 0 to 1000000000",
        "dead.count, 1000000001, 0 to 1000000000",
        "expired.bytes, 1025G, 0 to 1099511627776",
        "dead.bytes, 99999999999999999999, 0 to 1099511627776"
    })
    void whatCannotBeIsRefusedWithASentence(String name, String value, String range) {
        assertThatThrownBy(() -> usual(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("millrace.retention." + name + " must be " + range);
    }

    private static Retention usual(Map<String, String> given) {
        Map<String, String> properties = given.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        e -> "millrace.retention." + e.getKey(), Map.Entry::getValue));
        return new SmallRyeConfigBuilder()
                .withMapping(RetentionConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(RetentionConfig.class)
                .usual();
    }
}
