package dev.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {
    @Test
    void withoutARedisAddressTheStoreIsSqliteInTheDataDirectory() {
        assertThat(settings(Map.of())).isEqualTo(new StoreSettings.Sqlite(Path.of("data"), true));
    }

    @Test
    void anAddressOfRedisChoosesRedis() {
        StoreSettings expected = StoreSettings.Redis.at("redis://db:6380", "mr");

        assertThat(settings(Map.of("millrace.redis.url", "redis://db:6380"))).isEqualTo(expected);
        assertThat(settings(Map.of("millrace.redis.host", "db", "millrace.redis.port", "6380")))
                .isEqualTo(expected);
    }

    @Test
    void sqliteCanBeInsistedOnBesideAnAddressOfRedis() {
        assertThat(settings(Map.of("millrace.store", "sqlite", "millrace.redis.url", "redis://db")))
                .isInstanceOf(StoreSettings.Sqlite.class);
    }

    @Test
    void aBlankAddressIsNone() {
        assertThat(settings(Map.of("millrace.redis.url", " "))).isInstanceOf(StoreSettings.Sqlite.class);
    }

    @Test
    void redisWithoutAnAddressIsRefused() {
        assertRefused(Map.of("millrace.store", "redis"), "neither millrace.redis.url nor millrace.redis.host");
    }

    @Test
    void theAddressGoesBeforeTheHost() {
        assertThat(settings(Map.of("millrace.redis.url", "redis://a", "millrace.redis.host", "b")))
                .hasToString("Redis[redis://a, STANDALONE, prefix mr]");
    }

    @Test
    void badValuesAreRefusedWithTheValueInTheSentence() {
        assertRefused(Map.of("millrace.redis.url", "http://a"), "http://a");
        assertRefused(Map.of("millrace.redis.host", "a", "millrace.redis.port", "0"), "is 0");
        assertRefused(Map.of("millrace.redis.url", "redis://a", "millrace.redis.prefix", "{a}"), "\"{a}\"");
        assertRefused(Map.of("millrace.redis.url", "redis://a", "millrace.redis.timeout", "PT0S"), "PT0S");
        assertRefused(Map.of("millrace.redis.url", "redis://a", "millrace.redis.timeout", "PT2M"), "PT2M");
        assertRefused(Map.of("millrace.redis.url", "redis://a", "millrace.redis.tls", "own"), "rediss://");
    }

    @Test
    void severalAddressesNeedAMode() {
        String several = "redis://a:7000, redis://b:7000";

        assertRefused(Map.of("millrace.redis.url", several), "millrace.redis.mode is standalone");
        assertThat(settings(Map.of("millrace.redis.url", several, "millrace.redis.mode", "cluster")))
                .hasToString("Redis[redis://a:7000,redis://b:7000, CLUSTER, prefix mr]");
    }

    @Test
    void sentinelsNeedTheNameOfThePrimary() {
        assertRefused(
                Map.of("millrace.redis.url", "redis://a:26379", "millrace.redis.mode", "sentinel"),
                "millrace.redis.master");
    }

    @Test
    void passwordsStayOutOfSentences() {
        assertThat(settings(Map.of("millrace.redis.url", "redis://me:secret@db"))
                        .toString())
                .doesNotContain("secret");
        assertThatThrownBy(() -> settings(Map.of("millrace.redis.url", "http://me:secret@db")))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void anUnknownKeyIsRefusedByName() {
        assertThatThrownBy(() -> settings(Map.of("millrace.redis.urll", "redis://a")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("millrace.redis.urll");
    }

    @Test
    void anUnknownStoreIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("millrace.store", "postgres")))
                .hasStackTraceContaining("millrace.store")
                .hasStackTraceContaining("postgres");
    }

    private static void assertRefused(Map<String, String> properties, String inSentence) {
        assertThatThrownBy(() -> settings(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(inSentence);
    }

    private static StoreSettings settings(Map<String, String> properties) {
        StorageConfig config = new SmallRyeConfigBuilder()
                .withMapping(StorageConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(StorageConfig.class);
        return StoreSettings.of(config);
    }
}
